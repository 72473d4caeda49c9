"""One text sent, where the contract takes many."""

from answerback.providers.contract import Account, OutboundText, Provider, SendResult


async def send_one(provider: Provider, account: Account, text: OutboundText) -> SendResult:
    (result,) = await provider.send(account, [text])
    return result
