"""Jobs on several machines: due ones are handed to Celery's workers through a broker; the rows stay the truth."""
