"""Articles for the schools' bulletin: as they read this year, to be copied, changed and marked as sent."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from returns.board.views.frame import about
from returns.board.year_forms import ArticleForm
from returns.calendar.actions.articles import change_article, mark_not_sent, mark_sent
from returns.calendar.actions.planning import Refused
from returns.calendar.models import Article
from returns.calendar.queries.articles import facts_of, piece
from tracking.rules.academic_year import year_words

P = Permission


def _article(request: HttpRequest, pk: int) -> Article:
    """One of this council's; any for those of no council who run the installation. Else there is nothing here."""
    found = Article.objects.select_related("authority")
    mine = found.filter(authority=request.authority_id) if request.authority_id else found
    return get_object_or_404(mine, pk=pk)


@needs(P.REFERENCE_READ)
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """One article as it reads now."""
    found = _article(request, pk)
    shown = {
        "piece": piece(found, facts_of(found.authority, found.academic_year), clock.today()),
        "year": found.academic_year,
        "year_words": year_words(found.academic_year),
        "may_change": scope_of(request.user).can(P.RETURN_RECEIVE),
    }
    return render(request, "returns/board/article.html", about(request, "returns_year", **shown))


@needs(P.REFERENCE_READ)
def article_text(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as plain text, to be put into a bulletin."""
    found = _article(request, pk)
    text = piece(found, facts_of(found.authority, found.academic_year), clock.today()).text
    name = f"{found.pattern}-{year_words(found.academic_year)}.txt"
    answer = HttpResponse(f"{found.title}\n\n{text}\n", content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


@needs(P.RETURN_RECEIVE)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Other words, or another day."""
    found = _article(request, pk)
    initial = {"title": found.title, "words": found.words, "due_on": found.due_on}
    form = ArticleForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_article(article=found, by=request.user, **form.cleaned_data)
            messages.success(request, "The article is changed.")
            return redirect("article", pk=pk)
        except Refused as why:
            form.add_error(None, str(why))
    shown = {
        "form": form,
        "title": "Change the article",
        "caption": year_words(found.academic_year),
        "button": "Save",
        "back_url": reverse("article", args=[pk]),
    }
    return render(request, "one_form.html", shown)


@require_POST
@needs(P.RETURN_RECEIVE)
def sent(request: HttpRequest, pk: int) -> HttpResponse:
    """It went out, or it did not after all."""
    found = _article(request, pk)
    if found.sent_on:
        mark_not_sent(article=found, by=request.user)
        messages.success(request, "The article is to be sent again.")
    else:
        mark_sent(article=found, on=clock.today(), by=request.user)
        messages.success(request, "The article is marked as sent. Its words stay as they went.")
    return redirect("article", pk=pk)
