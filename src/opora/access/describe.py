"""``python -m opora.access.describe > docs/access.md``"""

from opora.site.setup import set_up_django

if __name__ == "__main__":
    set_up_django()
    from opora.access.seeing.described import page

    print(page(), end="")
