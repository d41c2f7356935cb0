-- What a holder has begun last is asked for by whoever goes on for it.
CREATE INDEX environment_work_holder ON environment_work (environment, holder, fence);
