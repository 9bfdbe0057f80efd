"""Web chat: customers on web pages, by WebSocket or by HTTP."""
