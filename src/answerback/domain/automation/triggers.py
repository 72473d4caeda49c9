"""What sets off an automated message, as data: the occasions, the values each may name, and words to begin with.

None is on until an administrator turns it on (docs/decisions/0008-automated-messages.md).
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Trigger(StrEnum):
    """In the order of a conversation's life."""

    GREETING = "greeting"
    OUT_OF_HOURS = "out_of_hours"
    HOLIDAY = "holiday"
    COULD_NOT_BE_ASSIGNED = "could_not_be_assigned"
    NEXT_IN_LINE = "next_in_line"
    POSITION_IN_QUEUE = "position_in_queue"
    AGENT_ASSIGNED = "agent_assigned"
    AGENT_JOINED = "agent_joined"
    TRANSFER_ACCEPTED = "transfer_accepted"
    AGENT_DISCONNECTED = "agent_disconnected"
    AGENT_LEFT = "agent_left"
    CONVERSATION_ENDED = "conversation_ended"
    SESSION_CLOSED = "session_closed"


SAMPLES: Final[Mapping[str, str]] = {
    "CustomerName": "Maria Gonzalez",
    "CustomerFirstName": "Maria",
    "NumberName": "Support",
    "QueueName": "Support",
    "Hours": "Mon-Fri 9 AM-5 PM",
    "AgentName": "Ana Flores",
    "AgentFirstName": "Ana",
    "Position": "3",
    "ReopensAt": "tomorrow at 9 AM",
}
"""Every placeholder, with what stands for it in previews."""

LOCAL_SAMPLES: Final[Mapping[str, Mapping[str, str]]] = {
    "es": {"Hours": "lun-vie 9:00 a. m.-5:00 p. m.", "ReopensAt": "mañana a las 9:00 a. m."},
    "fr": {"Hours": "lun.-ven. 09:00-17:00", "ReopensAt": "demain à 09:00"},
}
"""Those that differ by language."""


def samples_in(language: str) -> Mapping[str, str]:
    """As a customer of this language would read them."""
    return {**SAMPLES, **LOCAL_SAMPLES.get(language.partition("-")[0].lower(), {})}


_ALWAYS: Final = ("CustomerName", "CustomerFirstName", "NumberName", "QueueName", "Hours")
_AGENT: Final = ("AgentName", "AgentFirstName")
_OWN: Final[Mapping[Trigger, tuple[str, ...]]] = {
    Trigger.OUT_OF_HOURS: ("ReopensAt",),
    Trigger.HOLIDAY: ("ReopensAt",),
    Trigger.POSITION_IN_QUEUE: ("Position",),
    Trigger.AGENT_ASSIGNED: _AGENT,
    Trigger.AGENT_JOINED: _AGENT,
    Trigger.TRANSFER_ACCEPTED: _AGENT,
    Trigger.AGENT_DISCONNECTED: _AGENT,
    Trigger.AGENT_LEFT: _AGENT,
    Trigger.CONVERSATION_ENDED: _AGENT,
    Trigger.SESSION_CLOSED: _AGENT,
}


SURVEY_PLACEHOLDERS: Final = (*_AGENT, *_ALWAYS)
"""What the question of a survey may name."""


def placeholders_of(trigger: Trigger) -> tuple[str, ...]:
    """The values a message of this trigger may name."""
    return (*_OWN.get(trigger, ()), *_ALWAYS)


ALTERNATIVES: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "CustomerName": "customer", "CustomerFirstName": "customer", "NumberName": "us", "QueueName": "our team",
        "Hours": "our usual hours", "AgentName": "our team", "AgentFirstName": "our team", "Position": "not first",
        "ReopensAt": "as soon as we open",
    },
    "es": {
        "CustomerName": "cliente", "CustomerFirstName": "cliente", "NumberName": "nosotros",
        "QueueName": "nuestro equipo", "Hours": "nuestro horario habitual", "AgentName": "nuestro equipo",
        "AgentFirstName": "nuestro equipo", "Position": "en espera", "ReopensAt": "en cuanto abramos",
    },
    "fr": {
        "CustomerName": "client", "CustomerFirstName": "client", "NumberName": "nous", "QueueName": "notre équipe",
        "Hours": "nos heures habituelles", "AgentName": "notre équipe", "AgentFirstName": "notre équipe",
        "Position": "en attente", "ReopensAt": "dès notre ouverture",
    },
}  # fmt: skip
"""Said for a value that is not known and for which the text itself has nothing instead."""


STARTERS: Final[Mapping[Trigger, Mapping[str, str]]] = {
    Trigger.GREETING: {
        "en": "Thanks for texting us. We will be with you shortly.",
        "es": "Gracias por escribirnos. Le atenderemos en breve.",
        "fr": "Merci de nous avoir écrit. Nous vous répondrons sous peu.",
    },
    Trigger.OUT_OF_HOURS: {
        "en": "We are closed now and will answer {ReopensAt}. We have your message.",
        "es": "Ahora estamos cerrados. Le responderemos {ReopensAt}. Tenemos su mensaje.",
        "fr": "Nous sommes fermés. Nous répondrons {ReopensAt}. Nous avons votre message.",
    },
    Trigger.HOLIDAY: {
        "en": "We are closed for the holiday and will answer {ReopensAt}. We have your message.",
        "es": "Hoy es feriado y estamos cerrados. Le responderemos {ReopensAt}. Tenemos su mensaje.",
        "fr": "Nous sommes fermés pour le jour férié. Nous répondrons {ReopensAt}.",
    },
    Trigger.COULD_NOT_BE_ASSIGNED: {
        "en": "We cannot reach an agent right now. We have your message.",
        "es": "Ahora no hay nadie disponible. Tenemos su mensaje.",
        "fr": "Nous ne pouvons joindre personne pour le moment. Nous avons votre message.",
    },
    Trigger.NEXT_IN_LINE: {"en": "You are next.", "es": "Usted es el siguiente.", "fr": "Vous êtes le prochain."},
    Trigger.POSITION_IN_QUEUE: {
        "en": "You are number {Position} in line.",
        "es": "Usted es el número {Position} en la fila.",
        "fr": "Vous êtes numéro {Position} dans la file.",
    },
    Trigger.AGENT_ASSIGNED: {
        "en": "{AgentFirstName} will help you now.",
        "es": "{AgentFirstName} le atenderá ahora.",
        "fr": "{AgentFirstName} va vous aider.",
    },
    Trigger.AGENT_JOINED: {
        "en": "You are chatting with {AgentFirstName}.",
        "es": "Le atiende {AgentFirstName}.",
        "fr": "Vous parlez avec {AgentFirstName}.",
    },
    Trigger.TRANSFER_ACCEPTED: {
        "en": "You are now with {AgentFirstName}.",
        "es": "Ahora le atiende {AgentFirstName}.",
        "fr": "Vous êtes maintenant avec {AgentFirstName}.",
    },
    Trigger.AGENT_DISCONNECTED: {
        "en": "We lost the connection to your agent. Please wait, somebody will answer.",
        "es": "Perdimos la conexión con su agente. Espere, por favor.",
        "fr": "Nous avons perdu la connexion avec votre agent. Merci de patienter.",
    },
    Trigger.AGENT_LEFT: {
        "en": "{AgentFirstName} has left for now. Text us any time.",
        "es": "{AgentFirstName} se ha retirado. Escriba cuando quiera.",
        "fr": "{AgentFirstName} est parti. Écrivez-nous à tout moment.",
    },
    Trigger.CONVERSATION_ENDED: {
        "en": "{AgentFirstName} has ended this conversation.",
        "es": "{AgentFirstName} ha terminado la conversación.",
        "fr": "{AgentFirstName} a mis fin à la conversation.",
    },
    Trigger.SESSION_CLOSED: {
        "en": "This conversation is closed. Text again any time.",
        "es": "La conversación ha terminado. Escriba de nuevo cuando quiera.",
        "fr": "La conversation est close. Écrivez-nous à tout moment.",
    },
}
"""What the editor begins with; our own words."""
