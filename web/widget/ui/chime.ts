let audio: AudioContext | undefined;

/** Two short notes; a page that nobody has touched yet may not sound. */
export function chime(): void {
  if (navigator.userActivation?.hasBeenActive === false) return;
  audio ??= new AudioContext();
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  const now = audio.currentTime;
  tone.frequency.value = 660;
  tone.frequency.setValueAtTime(880, now + 0.12);
  volume.gain.value = 0.1;
  volume.gain.linearRampToValueAtTime(0, now + 0.4);
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(now + 0.4);
}
