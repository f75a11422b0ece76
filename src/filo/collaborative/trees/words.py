"""What the editor of trees says, for its script."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def editor_words() -> dict[str, str]:
    """In the language of whoever draws."""
    return _of_the_assistant() | {
        "question": pgettext("a node of a tree", "Question"),
        "article": pgettext("a node of a tree", "Article"),
        "message": pgettext("a node of a tree", "Message"),
        "action": pgettext("a node of a tree", "Action"),
        "it": pgettext("a language", "Italian"),
        "en": pgettext("a language", "English"),
        "ask": _("What is asked"),
        "tell": _("What is said"),
        "before": _("What is said before the article"),
        "answers": _("Answers"),
        "answer": _("Answer"),
        "addAnswer": _("Add an answer"),
        "leadsTo": _("Leads to"),
        "nowhere": _("– nowhere yet –"),
        "ends": _("– it ends here –"),
        "goesOn": _("Then goes on to"),
        "makeNew": _("a new question"),
        "up": _("Move up"),
        "down": _("Move down"),
        "remove": _("Remove"),
        "removeNode": _("Remove this node"),
        "beginHere": _("Begin here"),
        "begins": _("It begins here"),
        "pick": _("Put this article here"),
        "add": _("Add it to the tree"),
        "picked": _("The article"),
        "noArticle": _("No article yet: pick one below, or drag it onto the node."),
        "open": _("Open the article"),
        "what": _("What is to be done"),
        "ticket": _("Open a request"),
        "person": _("Talk to a person"),
        "untitled": _("Without words yet"),
        "chooseNode": _("Choose a node to change it, or add one above."),
        "saved": _("Everything is saved."),
        "unsaved": _("Not saved yet."),
        "saving": _("Saving…"),
        "offline": _("It could not be saved: the server does not answer. Try again."),
        "fine": _("Nothing is to be mended: it can be published."),
        "undone": _("Undone."),
        "redone": _("Done again."),
        "connected": _("Connected."),
        "removed": _("Removed."),
        "added": _("Added."),
        "came": _("came"),
        "stayed": _("left here"),
        "nothingFound": _("No article has these words."),
    }


def _of_the_assistant() -> dict[str, str]:
    """What only trees of the shop assistant have."""
    return {
        "goods": pgettext("a node of a tree", "Goods"),
        "fills": _("Fills in"),
        "fillsNothing": _("– nothing –"),
        "ofProfile": _("Profile of the customer"),
        "ofCatalogue": _("Attributes of the catalogue"),
        "value": pgettext("of a fact", "Value"),
        "others": _("All other values go on to"),
        "filter": _("The list of the shop: paste its address"),
    }
