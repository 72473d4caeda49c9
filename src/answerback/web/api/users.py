"""Users: agents, supervisors and administrators."""

import msgspec
from litestar import Controller, delete, get, patch, post
from litestar.params import JSONBody

from answerback.domain.access.permissions import Permission
from answerback.storage.users import User, get_user, list_users
from answerback.usecases.change_user import UserChanges, change_user, remove_user
from answerback.usecases.create_user import UserDraft, create_user
from answerback.web.api.paging import FIRST_LIMIT, Cursor, Id, Limit, after_id, cut
from answerback.web.api.services import Caller, Given
from answerback.web.problems import granted, not_found


class UserPage(msgspec.Struct, frozen=True):
    items: list[User]
    next_cursor: str | None


class UserController(Controller):
    path = "/api/v1/users"
    tags = ("Users",)

    @get("/", operation_id="listUsers", summary="List users", access=Permission.MANAGE_USERS)
    async def list_all(self, services: Given, cursor: Cursor = None, limit: Limit = FIRST_LIMIT) -> UserPage:
        """In the order they were added, inactive ones too."""
        rows = await list_users(services.pool, after_id(cursor), limit + 1)
        return UserPage(*cut(rows, limit, lambda user: (user.id,)))

    @post("/", operation_id="createUser", summary="Add a user", access=Permission.MANAGE_USERS)
    async def create(self, services: Given, caller: Caller, data: JSONBody[UserDraft]) -> User:
        """Without a password they cannot sign in until one is set. An e-mail address makes one user, never two."""
        return granted(await create_user(services.pool, data, caller.user_id))

    @get("/{user_id:int}", operation_id="getUser", summary="One user", access=Permission.MANAGE_USERS)
    async def read(self, services: Given, user_id: Id) -> User:
        """One user."""
        user = await get_user(services.pool, user_id)
        if user is None:
            raise not_found(f"user {user_id}")
        return user

    @patch("/{user_id:int}", operation_id="changeUser", summary="Change a user", access=Permission.MANAGE_USERS)
    async def change(self, services: Given, caller: Caller, user_id: Id, data: JSONBody[UserChanges]) -> User:
        """A new password ends the user's other sessions; an inactive user loses sessions and tokens at once."""
        keep = caller.session_hash if caller.user_id == user_id else None
        return granted(await change_user(services.pool, user_id, data, caller.user_id, keep_session=keep))

    @delete("/{user_id:int}", operation_id="removeUser", summary="Remove a user", access=Permission.MANAGE_USERS)
    async def remove(self, services: Given, caller: Caller, user_id: Id) -> None:
        """Only somebody who never took part in a conversation; make others inactive."""
        granted(await remove_user(services.pool, user_id, caller.user_id))
