"""The search index: one document per searchable record, in the same database and transaction."""

from __future__ import annotations

from django.db import models

from deskbell.kernel.api import clock


class SearchDocument(models.Model):
    """What can be found about one record. Holds no text, only codes of lexemes; rights come from the record's policy.

    subject_type, subject_id: the record, as in ("ticket", 42). fresh_at: when people last touched it.
    codes: see `codes.py`; indexed as the tsvector `search_lexemes(codes, fresh_at)`. version: of the way it was made.
    """

    pk = models.CompositePrimaryKey("subject_type", "subject_id")
    subject_type = models.CharField(max_length=40, db_collation="C")
    subject_id = models.BigIntegerField()
    fresh_at = models.DateTimeField(default=clock.now)
    version = models.SmallIntegerField(default=0)
    codes = models.BinaryField()


class Word(models.Model):
    """A word as it is written somewhere, for completing and correcting what is asked. Never shown by itself.

    documents: how many hold it, roughly.
    """

    word = models.CharField(max_length=48, primary_key=True, db_collation="C")
    documents = models.IntegerField(default=1)


class NewWord(models.Model):
    """A word that was not among the words when a document was written; a job moves it there.

    Apart from them, so that two transactions that bring the same new word never wait for each other.
    """

    word = models.CharField(max_length=48, db_collation="C")

    class Meta:
        indexes = [models.Index(fields=["word"], name="search_new_word")]


class CommonWords(models.Model):
    """Words that were given short codes at one time: seven digits each, in the order of their short codes.

    documents: how many there were then, or are to be once a load is through.
    """

    documents = models.IntegerField()
    codes = models.BinaryField()


class Rebuild(models.Model):
    """How far writing all documents of a kind anew has come, so that it goes on after an end."""

    subject_type = models.CharField(max_length=40, primary_key=True)
    after_id = models.BigIntegerField(default=0)
    started_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)
