"""Reads a whole SQLite database as rows that can be compared: ids and times stand for themselves no more."""

import re
import sqlite3

ID = re.compile(r"\b(m-|tr-)?[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\b")
TIME = re.compile(r"\b1[0-9]{12}\b")
# Random words that both servers make up.
NAME = re.compile(r"\b[a-z]+-[a-z]+-[0-9]{1,4}\b")


def plain(value, known):
    if not isinstance(value, (str, int)):
        return value
    text = str(value)
    for name, known_id in known.items():
        text = text.replace(known_id, name)
    return TIME.sub("<time>", NAME.sub("<name>", ID.sub(r"\1<id>", text)))


def tables(file, known):
    """:param known: what an id is to be called, by that name"""
    with sqlite3.connect("file:%s?mode=ro" % file, uri=True) as database:
        names = [
            name
            for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith("sqlite_")
        ]
        return {name: rows(database, name, known) for name in names}


def rows(database, table, known):
    cursor = database.execute('SELECT * FROM "%s"' % table)
    columns = [column[0] for column in cursor.description]
    every = [
        {column: plain(value, known) for column, value in zip(columns, row)} for row in cursor
    ]
    return sorted(every, key=repr)
