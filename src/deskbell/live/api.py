"""The only door of live updates for other packages."""

from deskbell.live.hub import Hub, Subscription, hub
from deskbell.live.messages import RESYNC, Update, publish
from deskbell.live.replay import catch_up, register_replay
from deskbell.live.topics import Topic, allowed_topics, parse_topics, register_topic

__all__ = [
    "RESYNC",
    "Hub",
    "Subscription",
    "Topic",
    "Update",
    "allowed_topics",
    "catch_up",
    "hub",
    "parse_topics",
    "publish",
    "register_replay",
    "register_topic",
]
