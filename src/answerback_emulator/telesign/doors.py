"""TeleSign's address: who may come in, and which function answers."""

from starlette.types import Scope

from answerback_emulator.door import Answer, Door
from answerback_emulator.emulator import Emulator
from answerback_emulator.telesign.answers import TelesignError, error_answer
from answerback_emulator.telesign.messages import create_text, fetch_text
from answerback_emulator.telesign.signing_in import Nonces, authenticate

MESSAGING = "/v1/messaging"


class TelesignDoor(Door):
    """Answers MESSAGING and the references below it."""

    prefixes = (MESSAGING,)
    carrier = "telesign"

    def __init__(self, emulator: Emulator) -> None:
        super().__init__(emulator)
        self._nonces = Nonces()

    def too_many(self) -> Answer:
        return TelesignError(10019).answer()

    def broken(self) -> Answer:
        return error_answer(500, 500)

    def answer(self, scope: Scope, body: bytes) -> Answer:
        emulator = self._emulator
        skew_s = emulator.chance.dials.clock_skew_s
        try:
            account = authenticate(emulator.world, scope, body, nonces=self._nonces, skew_s=skew_s)
            match scope["method"], scope["path"].removeprefix(MESSAGING).split("/"):
                case "POST", [""]:
                    return create_text(emulator, account, body)
                case "GET", ["", reference]:
                    return fetch_text(emulator, account, reference)
                case _:
                    raise TelesignError(10017)
        except TelesignError as error:
            return error.answer()
