"""What a number does with calls: chosen by an administrator, set at the provider, put back when it is left alone."""

from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from answerback.domain.calls.behaviour import Behaviour, VoiceRules
from answerback.providers.contract import Account, AvailableNumber, Check, Provider, ProviderError
from answerback.providers.voice import Voice
from answerback.storage.connection import Connection
from answerback.storage.number_voice import NumberVoice, forget_voice, read_voice, write_voice
from answerback.storage.numbers import Number, get_number, lock_number
from answerback.storage.sealing import SealingError
from answerback.usecases.account_settings import AccountDesk
from answerback.usecases.ask_provider import find_there, not_there
from answerback.usecases.audit import record_setting
from answerback.usecases.call_address import read_call_address
from answerback.usecases.open_account import Opened, open_account
from answerback.usecases.refusals import FieldProblem, Invalid, NotFound, ProviderRefused

Words = Annotated[str, Meta(max_length=1000, description="What callers hear.", examples=["Please text this number."])]
TextBack = Annotated[str, Meta(max_length=1600, description="Sent to who called and was not answered.")]
BehaviourName = Literal["untouched", "greeting", "forward", "text_thread"]


class VoiceDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a number shall do with calls. `text_back` belongs to forward (when missed) and text_thread."""

    behaviour: BehaviourName
    words: Words = ""
    language: Annotated[str, Meta(pattern="^[a-z]{2,3}(-[A-Z]{2})?$", description="BCP 47, of the words.")] = "en-US"
    forward_to: Annotated[str, Meta(max_length=260, description="A phone, or a SIP address.")] = ""
    text_back: TextBack = ""


@dataclass(frozen=True, slots=True)
class VoiceSet:
    """The number as it is now; where a check failed, as before. `checks` say what was done, and what is left to do."""

    number: Number
    checks: list[Check]


async def set_voice(
    desk: AccountDesk, number_id: int, draft: VoiceDraft, actor_id: int
) -> VoiceSet | Invalid | NotFound | ProviderRefused:
    """Asks the provider first: what it does not do is not stored either."""
    number = await get_number(desk.pool, number_id)
    if number is None:
        return NotFound(f"number {number_id}")
    opened = await open_account(desk, number.provider_account_id)
    if not isinstance(opened, Opened):
        return opened
    provider, account = opened.provider, opened.account
    rules = read_rules_draft(draft)
    problems = rules if isinstance(rules, tuple) else _problems(number, provider, account, rules)
    if problems or isinstance(rules, tuple):
        return Invalid(problems)
    try:
        return await _set(desk, number, provider, account, rules=rules, actor_id=actor_id)
    except ProviderError as error:
        return ProviderRefused(error.failure.sentence)
    except SealingError as error:
        return ProviderRefused(f"{error} Set the number's voice settings at the provider, then try again.")


def read_rules_draft(draft: VoiceDraft) -> VoiceRules | tuple[FieldProblem, ...]:
    """Only what belongs to the behaviour; the rest of the draft is dropped."""
    behaviour = Behaviour(draft.behaviour)
    words, text_back = draft.words.strip(), draft.text_back.strip()
    match behaviour:
        case Behaviour.UNTOUCHED:
            return VoiceRules()
        case Behaviour.GREETING if not words:
            return (FieldProblem("words", "are missing", "Say what callers shall hear."),)
        case Behaviour.GREETING:
            return VoiceRules(behaviour, words, draft.language)
        case Behaviour.TEXT_THREAD if not text_back:
            return (FieldProblem("text_back", "is missing", "Write the text that callers get."),)
        case Behaviour.TEXT_THREAD:
            return VoiceRules(behaviour, words, draft.language, "", text_back)
        case Behaviour.FORWARD:
            target = read_call_address(draft.forward_to, "forward_to")
            if isinstance(target, FieldProblem):
                return (target,)
            if not target:
                return (FieldProblem("forward_to", "is missing", "Give the phone or SIP address that shall ring."),)
            return VoiceRules(behaviour, words, draft.language, target, text_back)


def _problems(number: Number, provider: Provider, account: Account, rules: VoiceRules) -> tuple[FieldProblem, ...]:
    if rules.behaviour is Behaviour.UNTOUCHED:
        return ()
    if not isinstance(provider, Voice):
        way_out = "Leave its calls alone, or use a number of a provider with calls."
        return (FieldProblem("behaviour", f"needs calls, and {provider.facts.label} carries none for us", way_out),)
    if "voice" not in number.capabilities:
        way_out = "Leave its calls alone. If the provider gives it voice, add that to the number's capabilities."
        return (FieldProblem("behaviour", "needs calls, and this number has no voice", way_out),)
    if rules.forward_to == number.address:
        return (FieldProblem("forward_to", "is this number itself", "Give another phone."),)
    sentence = provider.why_not(account, rules)
    return (FieldProblem("behaviour", "cannot be done with this account", sentence),) if sentence else ()


async def _set(
    desk: AccountDesk, number: Number, provider: Provider, account: Account, *, rules: VoiceRules, actor_id: int
) -> VoiceSet | ProviderRefused:
    old = await read_voice(desk.pool, desk.sealer, number.id)
    if old.rules.behaviour is Behaviour.UNTOUCHED and rules.behaviour is Behaviour.UNTOUCHED:
        return VoiceSet(number, [])
    assert isinstance(provider, Voice)
    found = await find_there(provider, account, number)
    if found is None:
        return VoiceSet(number, [not_there(number, provider.facts)])
    url = provider.callback_urls(desk.public_url, account).voice
    new, checks = await _at_provider(provider, account, found, url=url, old=old, rules=rules)
    if new is None:
        return VoiceSet(number, checks)
    async with desk.pool.acquire() as connection, connection.transaction():
        await lock_number(connection, number.id)
        await _store(desk, connection, number, old=old, new=new, actor_id=actor_id)
        changed = await get_number(connection, number.id)
    assert changed is not None
    return VoiceSet(changed, checks)


async def _at_provider(
    voice: Voice, account: Account, number: AvailableNumber, *, url: str, old: NumberVoice, rules: VoiceRules
) -> tuple[NumberVoice | None, list[Check]]:
    """Its own settings from before the first behaviour stay kept, however often the behaviour is changed."""
    if rules.behaviour is Behaviour.UNTOUCHED:
        return NumberVoice(rules), await voice.give_calls_back(account, number, url, old.before)
    taken, checks = await voice.take_calls(account, number, url)
    if taken is None:
        return None, checks
    if not taken.before:
        return NumberVoice(rules, old.before, old.shown), checks
    return NumberVoice(rules, dict(taken.before), taken.shown), checks


async def _store(
    desk: AccountDesk, connection: Connection, number: Number, *, old: NumberVoice, new: NumberVoice, actor_id: int
) -> None:
    if new.rules.behaviour is Behaviour.UNTOUCHED:
        await forget_voice(connection, number.id)
    else:
        await write_voice(connection, desk.sealer, number.id, new)
    data = {
        "id": number.id,
        "address": number.address,
        "changes": {"behaviour": [old.rules.behaviour.value, new.rules.behaviour.value]},
    }
    await record_setting(connection, "NumberVoiceChanged", actor_id, data)
