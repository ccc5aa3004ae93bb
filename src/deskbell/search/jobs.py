"""Background jobs of search."""

from __future__ import annotations

from deskbell.kernel.jobs import periodic, task
from deskbell.search.common import learn_if_grown
from deskbell.search.dictionaries import LANGUAGES, prepared
from deskbell.search.vocabulary import take_in_new_words


@periodic(cron="* * * * *")
@task(name="search.take_in_new_words", queueing_lock="search.take_in_new_words", lock="search.take_in_new_words")
def take_in(timestamp: int) -> None:
    """Words that came with new texts become known for completing and correcting."""
    del timestamp
    for language in LANGUAGES:
        prepared(language)  # on a new machine before the first text in it comes
    while take_in_new_words():
        pass


@periodic(cron="17 3 * * *")
@task(name="search.learn_common_words", queueing_lock="search.learn_common_words", lock="search.learn_common_words")
def learn_common_words(timestamp: int) -> None:
    """On a desk that has doubled, words that became common get short codes."""
    del timestamp
    learn_if_grown()
