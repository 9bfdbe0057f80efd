"""What is wrong with training data, in sentences for the person who wrote it."""

from collections import Counter

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.training_data.training_data import TrainingData

FEWEST_EXAMPLES = 2


def problems_of(importer: TrainingDataImporter) -> list[str]:
    """One sentence for each mistake; none means that it can be trained."""
    domain, nlu, stories = importer.get_domain(), importer.get_nlu_data(), importer.get_stories()
    if not nlu.intent_examples:
        return ["There are no training examples."]
    return [
        *_domain_problems(domain),
        *_intent_problems(domain, nlu),
        *_example_problems(nlu),
        *_rule_problems(domain, stories),
    ]


def _domain_problems(domain: Domain) -> list[str]:
    if domain.is_empty():
        return ["The domain is empty."]
    used = {name for name in domain.action_names_or_texts if name.startswith("utter_")}
    return [f"{name} has no response." for name in sorted(used - set(domain.responses))]


def _intent_problems(domain: Domain, nlu: TrainingData) -> list[str]:
    known = set(domain.intents)
    counts = Counter(example.get("intent") for example in nlu.intent_examples)
    unknown = [
        f"The intent {name} has examples but stands in no domain file."
        for name in sorted(set(counts) - known)
    ]
    few = [
        f"The intent {name} has only {count} example: it needs {FEWEST_EXAMPLES} or more."
        for name, count in sorted(counts.items())
        if count < FEWEST_EXAMPLES
    ]
    return unknown + few


def _example_problems(nlu: TrainingData) -> list[str]:
    """The same words cannot mean two things."""
    intents: dict[str, set[str]] = {}
    for example in nlu.intent_examples:
        intents.setdefault(str(example.get("text")).strip(), set()).add(example.get("intent"))
    return [
        f"The example “{text}” stands under {' and '.join(sorted(names))}."
        for text, names in intents.items()
        if len(names) > 1
    ]


def _rule_problems(domain: Domain, stories: StoryGraph) -> list[str]:
    known_actions, known_intents = set(domain.action_names_or_texts), set(domain.intents)
    events = [event for step in stories.story_steps for event in step.events]
    actions = {e.action_name for e in events if isinstance(e, ActionExecuted) and e.action_name}
    intents = {e.intent_name for e in events if isinstance(e, UserUttered) and e.intent_name}
    return [
        *(
            f"A rule uses the action {name}, which the domain does not have."
            for name in sorted(actions - known_actions - {"..."})
        ),
        *(
            f"A rule uses the intent {name}, which the domain does not have."
            for name in sorted(intents - known_intents)
        ),
    ]
