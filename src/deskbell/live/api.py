"""The only door of live updates for other packages."""

from deskbell.live.hub import Hub, Subscription, hub
from deskbell.live.messages import RESYNC, Update, publish, publish_all
from deskbell.live.replay import Position, catch_up, position, read_position, register_replay
from deskbell.live.topics import Topic, allowed_topics, parse_topics, register_topic

__all__ = [
    "RESYNC",
    "Hub",
    "Position",
    "Subscription",
    "Topic",
    "Update",
    "allowed_topics",
    "catch_up",
    "hub",
    "parse_topics",
    "position",
    "publish",
    "publish_all",
    "read_position",
    "register_replay",
    "register_topic",
]
