-- Up Migration

-- Causes were texts once; what they said is not to be guessed.
update duty_day set cancel_cause = case cancel_cause when 'withdrawn' then 'timetable-change' else 'other' end
where cancel_cause is not null;

-- Down Migration
-- The words of the causes are texts too: nothing to take back.
