"""Whether a customer sounds unhappy: nearer to sentences of people who were than to those of people who were not."""

from __future__ import annotations

from functools import cache

import numpy as np

from filo.collaborative.knowledge.questions.asked import parts_of
from filo.collaborative.knowledge.questions.encoder import Matrix, vectors

# How much nearer it has to be before somebody is called.
LEAD = 0.06
_SEEDS = {
    "unhappy": (
        "Non avete capito la mia domanda",
        "Questa risposta non mi serve a niente",
        "Non è quello che ho chiesto",
        "Sono molto deluso, è la seconda volta che succede",
        "È inaccettabile, voglio parlare con qualcuno",
        "Pessimo servizio, non risolvete mai nulla",
        "Sono arrabbiato, aspetto da settimane",
        "Mi state prendendo in giro",
        "You did not answer my question",
        "This does not help me at all",
        "That is not what I asked",
        "I am very disappointed, this is the second time",
        "This is unacceptable, I want to speak to somebody",
        "Terrible service, I am still waiting",
    ),
    "neutral": (
        "Vorrei sapere quando arriva il mio ordine",
        "Va bene, ci penso e vi faccio sapere",
        "Potete mandarmi il listino?",
        "Confermo l’appuntamento di lunedì",
        "Vi mando i dati per la fattura",
        "Quanto costa la spedizione?",
        "I would like to know the price",
        "Please send me the catalogue",
        "I confirm the appointment",
        "My address has changed",
    ),
    "happy": (
        "Grazie mille, siete stati gentilissimi",
        "Perfetto, era quello che volevo sapere",
        "Ottimo servizio, complimenti",
        "Grazie, tutto chiaro",
        "Thank you so much, that is perfect",
        "Great, exactly what I needed",
        "Excellent service, well done",
    ),
}


@cache
def _seeds() -> dict[str, Matrix]:
    return {mood: vectors(texts) for mood, texts in _SEEDS.items()}


def sentiment(text: str) -> str:
    """unhappy, neutral or happy; neutral where nothing speaks clearly for either."""
    parts = parts_of(text)
    if not parts or not parts[0]:
        return "neutral"
    said = vectors(parts)
    near = {mood: float(np.max(said @ seeds.T)) for mood, seeds in _seeds().items()}
    best = max(near, key=lambda mood: near[mood])
    return best if best == "neutral" or near[best] - near["neutral"] >= LEAD else "neutral"
