"""A cycle through functools.partial."""
import functools
import gc

gc.collect()
gc.freeze()

class Job:
    def run(self):
        pass

job = Job()
job.later = functools.partial(job.run)
del job
print(gc.collect())
