"""``python -m opora.privacy.describe > docs/personal-data.md``"""

from opora.site.setup import set_up_django

if __name__ == "__main__":
    set_up_django()
    from opora.privacy.described import page

    print(page(), end="")
