"""`answerback bench`: repeatable load on a scratch centre of its own, figure and limit from one run, as JSON."""
