"""Articles for the schools' bulletin: made with the year, changed, and marked as sent (R29)."""

from datetime import date

from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from neet.working_days import on_or_before
from returns.calendar.actions.planning import Refused
from returns.calendar.kinds import Kind
from returns.calendar.models import Article
from returns.calendar.queries.articles import article_lines, facts_of
from schools.models import Authority
from tracking.register.models import Task
from tracking.rules.academic_year import academic_year
from tracking.rules.plan_steps import day_in
from tracking.rules.return_calendar import filled
from tracking.rules.wordings import placeholders

TASK = "article"


def make_articles(*, authority: Authority, year: int) -> int:
    """The articles of a year that are still to come and not there yet, each with a task by its day; how many were made.
    Inside the act that sets the year up."""
    today = clock.today()
    there = set(
        Article.objects.filter(authority=authority, academic_year=year).values_list("pattern", flat=True)
    )
    made = Article.objects.bulk_create(
        Article(
            authority=authority,
            academic_year=year,
            pattern=line.code,
            title=line.words,
            words=line.text,
            due_on=due_on,
        )
        for line in article_lines(authority, today)
        if line.code not in there and (due_on := on_or_before(day_in(year, line.month, line.day))) >= today
    )
    Task.objects.bulk_create(_task(each) for each in made)
    return len(made)


def _task(article: Article) -> Task:
    return Task(
        authority=article.authority,
        kind=TASK,
        words=f"Send the article “{article.title}” to schools",
        cause=_cause(article),
        due_on=article.due_on,
    )


def _cause(article: Article) -> str:
    return f"{TASK}:{article.pk}"


def change_article(*, article: Article, title: str, words: str, due_on: date, by: User) -> Article:
    """Other words, or another day. Raises Refused for an article that went, a day of another year, and places in the
    words that nothing is filled in for."""
    _refuse_what_cannot_be_filled(article, words)
    if article.sent_on:
        raise Refused("This article was sent. Say first that it was not.")
    if academic_year(due_on) != article.academic_year:
        raise Refused("The day must lie in the school year of the article.")
    counts = {"article": article.pk}
    with recorded(Kind.ARTICLE_CHANGED, by=by, authority_id=article.authority_id, counts=counts):
        article.title, article.words, article.due_on = title, words, due_on
        article.save(update_fields=["title", "words", "due_on"])
        _open_tasks(article).update(due_on=due_on)
    return article


def _refuse_what_cannot_be_filled(article: Article, words: str) -> None:
    lines = [*article_lines(article.authority, clock.today())]
    known = set(facts_of(article.authority, article.academic_year))
    known |= {name for line in lines for name in placeholders(line.text)}
    try:
        unknown = sorted(set(placeholders(words)) - known)
    except ValueError:
        raise Refused("A curly bracket stands alone: each { needs its }.") from None
    if unknown:
        raise Refused(f"Nothing is filled in for {{{unknown[0]}}}. Known are: {', '.join(sorted(known))}.")


def mark_sent(*, article: Article, on: date, by: User) -> None:
    """The article went out: its words stay as they are now, with the days of now, and its task is done."""
    counts = {"article": article.pk}
    with recorded(Kind.ARTICLE_SENT, by=by, authority_id=article.authority_id, counts=counts) as event:
        held = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
        if held.sent_on:
            event.counts = {**counts, "again": 1}
            return
        article.words = filled(held.words, facts_of(article.authority, article.academic_year))
        article.sent_on = on
        article.save(update_fields=["words", "sent_on"])
        _open_tasks(article).update(done_at=clock.now(), done_by=by, outcome="Sent")


def mark_not_sent(*, article: Article, by: User) -> None:
    """It did not go out after all; its task is open again. The days in it stay those it was marked with."""
    counts = {"article": article.pk}
    with recorded(Kind.ARTICLE_NOT_SENT, by=by, authority_id=article.authority_id, counts=counts):
        article.sent_on = None
        article.save(update_fields=["sent_on"])
        Task.objects.filter(kind=TASK, cause=_cause(article)).update(done_at=None, done_by=None, outcome="")


def _open_tasks(article: Article):
    return Task.objects.filter(authority=article.authority_id, kind=TASK, cause=_cause(article), done_at=None)
