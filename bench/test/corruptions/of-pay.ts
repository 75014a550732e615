import type { Corruption } from "./corruption.ts";

export const ofPay: readonly Corruption[] = [
  {
    what: "an event that was handled, and is parked too",
    service: "overtime",
    sql: `insert into parked_event (consumer, event_id, topic, type, aggregate_id, headers, payload, reason)
          select consumer, event_id, topic, type, 'x', '{}', '', 'planted' from inbox where type = 'WorkedTimeRecorded' limit 1`,
    foundBy: ["what overtime heard of dispatch", "parked events of overtime"],
    says: /was handled 1 times and is parked 1 times/,
  },
  {
    what: "an event that was handled twice",
    service: "accounting",
    sql: "alter table inbox drop constraint inbox_pkey; insert into inbox select * from inbox where type = 'WorkedDayCalculated' limit 1",
    foundBy: ["what accounting heard of overtime"],
    says: /was handled 2 times/,
  },
  {
    what: "a pay line of other minutes",
    service: "accounting",
    sql: "update pay_line set minutes = minutes + 60 where id = (select id from pay_line where code = 'BASE' order by id limit 1)",
    foundBy: [
      "pay lines against the components that overtime told",
      "paid minutes of each kind against the settled worth of the days",
      "amounts of pay lines",
      "stretches of a driver's base lines",
      "rows of payroll files against the pay lines",
      "pay lines against the events of their calculation",
    ],
    says: /minutes is \d+, and should be \d+/,
  },
  {
    what: "a payroll file of other bytes",
    service: "accounting",
    sql: "update payroll_file set content = content || convert_to('x', 'UTF8') where pay_period_id = (select pay_period_id from payroll_file order by pay_period_id limit 1)",
    foundBy: [
      "payroll files against the events of their export",
      "kept SHA-256 of payroll files",
      "rows of payroll files against the pay lines",
    ],
    says: /another SHA-256/,
  },
  {
    what: "a closing that goes no further",
    service: "accounting",
    sql: "insert into closing (pay_period_id, step) select id, 'export' from pay_period order by id limit 1",
    foundBy: ["closings of pay periods"],
    says: /closing at export/,
  },
  {
    what: "premium minutes that nobody earned",
    service: "accounting",
    sql: "update pay_line set minutes = minutes + 60 where id = (select id from pay_line where code <> 'BASE' order by id limit 1)",
    foundBy: [
      "pay lines against the components that overtime told",
      "paid minutes of each kind against the settled worth of the days",
      "amounts of pay lines",
      "rows of payroll files against the pay lines",
    ],
    says: /minutes is \d+, and should be \d+/,
  },
  {
    what: "a premium that is not paid, with its file and its event made to fit",
    service: "accounting",
    sql: `create temp table spoilt as select line.id, line.pay_period_id, line.minutes, line.amount_minor as amount, sha256, content
            from pay_line as line join payroll_file using (pay_period_id) where code <> 'BASE' order by line.id limit 1;
          update payroll_file set content = convert_to((select string_agg(case when row like '%' || spoilt.id || '%'
              then replace(replace(row, ',' || minutes || ',', ',0,'), ',' || amount || ',', ',0,') else row end, E'\r\n' order by place)
            from spoilt, regexp_split_to_table(convert_from(spoilt.content, 'UTF8'), E'\r\n') with ordinality as file (row, place)), 'UTF8')
          where pay_period_id = (select pay_period_id from spoilt);
          update payroll_file set sha256 = encode(sha256(content), 'hex') where pay_period_id = (select pay_period_id from spoilt);
          update event_log set payload = decode(replace(encode(payload, 'hex'), encode(convert_to(spoilt.sha256, 'UTF8'), 'hex'),
            encode(convert_to(payroll_file.sha256, 'UTF8'), 'hex')), 'hex')
          from spoilt join payroll_file using (pay_period_id) where type = 'PayrollExported' and aggregate_id = pay_period_id::text;
          update pay_line set minutes = 0, amount_minor = 0 where id = (select id from spoilt)`,
    foundBy: [
      "pay lines against the components that overtime told",
      "paid minutes of each kind against the settled worth of the days",
    ],
    says: /minutes is 0, and should be \d+/,
  },
  {
    what: "a pay line of another rate",
    service: "accounting",
    sql: `update pay_line set rate_minor = rate_minor * 2, amount_minor = round(minutes::numeric * rate_minor * 2 * factor / 60000)
          where id = (select id from pay_line order by id limit 1)`,
    foundBy: ["rates and cost centres of pay lines against hr's", "rows of payroll files against the pay lines"],
    says: /rate is \d+, and should be \d+/,
  },
  {
    what: "an hourly rate that nobody told",
    service: "hr",
    sql: "update contract set hourly_rate_minor = hourly_rate_minor * 10 where id = (select id from contract where employee_id in (select employee_id from absence where kind = 'no-show') limit 1)",
    foundBy: ["rates and cost centres of pay lines against hr's"],
    says: /rate is \d+, and should be \d+/,
  },
  {
    what: "a pay line of another depot",
    service: "accounting",
    sql: "update pay_line set depot_id = gen_random_uuid() where id = (select id from pay_line order by id limit 1)",
    foundBy: [
      "pay lines against the components that overtime told",
      "rates and cost centres of pay lines against hr's",
    ],
    says: /depot is/,
  },
  {
    what: "a pay line of another cost centre",
    service: "accounting",
    sql: "update pay_line set cost_centre = 'ELSEWHERE' where id = (select id from pay_line order by id limit 1)",
    foundBy: ["rates and cost centres of pay lines against hr's", "rows of payroll files against the pay lines"],
    says: /cost_centre is "ELSEWHERE"/,
  },
  {
    what: "a pay line of another rule",
    service: "accounting",
    sql: "update pay_line set rule = 'other/rule' where id = (select id from pay_line order by id limit 1)",
    foundBy: [
      "pay lines against the components that overtime told",
      "paid minutes of each kind against the settled worth of the days",
      "rows of payroll files against the pay lines",
    ],
    says: /rule is "other\/rule"/,
  },
  {
    what: "a driver's week that is gone",
    service: "overtime",
    sql: "delete from driver_week where (driver_id, first_day) in (select driver_id, first_day from driver_week order by driver_id limit 1)",
    foundBy: ["overtime's weeks of drivers against who worked by dispatch's log"],
    says: /is missing/,
  },
  {
    what: "a week that no period has made final",
    service: "overtime",
    sql: "update week set final = not final where first_day = (select min(first_day) from week)",
    foundBy: ["overtime's weeks against the pay periods by accounting's log"],
    says: /final is true, and should be false/,
  },
  {
    what: "a day in a driver's week of other minutes than were told",
    service: "overtime",
    sql: `update worked_week set days = jsonb_set(days, '{0,worked_minutes}', to_jsonb((days -> 0 ->> 'worked_minutes')::integer + 1))
          where (driver_id, first_day) in (select driver_id, first_day from worked_week order by driver_id, first_day limit 1)`,
    foundBy: [
      "overtime's worked days as told",
      "reported worked days against overtime's",
      "worked minutes of overtime's days against dispatch's log",
    ],
    says: /worked_minutes is \d+, and should be \d+/,
  },
];
