"""Writes TwiML for calls: https://www.twilio.com/docs/voice/twiml."""

from urllib.parse import urlencode
from xml.sax.saxutils import escape, quoteattr

from answerback.domain.calls.behaviour import Connect

RING_SECONDS = 25
"""How long a phone is rung; voice mail of most carriers answers soon after."""
NOTHING_MORE = ""
BUSY = '<Reject reason="busy"/>'


def response(*verbs: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><Response>{"".join(verbs)}</Response>'.encode()


def say(words: str, language: str) -> str:
    return f"<Say language={quoteattr(language)}>{escape(words)}</Say>" if words else NOTHING_MORE


def dial(plan: Connect, voice_url: str, **query: str) -> str:
    """Rings the second phone. How that went is told to `voice_url`; `query` names the call there."""
    asked = at(voice_url, step="dialed", **query)
    told = at(voice_url, step="answered", **query)
    caller = f" callerId={quoteattr(plan.caller_id)}" if plan.caller_id else ""
    noun = "Sip" if plan.to.startswith("sip") else "Number"
    leg = f'statusCallback={quoteattr(told)} statusCallbackEvent="answered" statusCallbackMethod="POST"'
    return (
        f'<Dial timeout="{RING_SECONDS}"{caller} action={quoteattr(asked)} method="POST">'
        f"<{noun} {leg}>{escape(plan.to)}</{noun}></Dial>"
    )


def at(voice_url: str, **query: str) -> str:
    return f"{voice_url}?{urlencode(query)}"
