-- What a pacer remembers of a budget, so that another optimizer goes on with it.
alter table verdict add column memory jsonb;

-- Margins chosen anew on simulated months; what somebody has changed stays as it is.
update policy set kappa = 0, activate_at = 0.05, release_below = 0.03, min_change = 0.03, version = version + 1
where updated_by = 'default';
