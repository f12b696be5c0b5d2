-- 安监台账：the ledger whole. The one place where a table, a column, a guard or a view is born.
-- Dates are text YYYY-MM-DD, held against date(…, '+0 days'): plain date() lets 30 February pass. Whatever has a
-- beginning and an end has from_on (included) and until_on (the first day it no longer holds, 9999-12-31 while
-- open). Moments are UTC. Money is integer fen (分). Terms are stored as the field writes them; those of a list that an
-- office may add to are held by the gate (rules/word_lists.py), here they are not empty. There is no status
-- column: states are derived from dated facts. Terms are held by OR, not IN: of more than two values IN builds a table
-- at every row that is written; and the cheap comparison goes before date(). An insert of a million rows costs half.

PRAGMA application_id = 1634626097; -- 'anj1'
PRAGMA user_version = 8;

------------------------------------------------------------------------------------------- operations

CREATE TABLE operation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,                      -- moment of recording, UTC
  actor TEXT NOT NULL,
  command TEXT NOT NULL,                 -- never its arguments: they may hold personal data
  undoes INTEGER REFERENCES operation,
  source_file TEXT,
  source_sha256 TEXT,
  content TEXT NOT NULL,                 -- SHA-256 of the touched rows as the operation left them
  hash TEXT NOT NULL,                    -- SHA-256 of previous hash, this operation and content
  version INTEGER                        -- of this schema: its columns are what `content` hashes. NULL: version 1
) STRICT;

-- Which ledger this is: drawn by lot when the file was made, or when an older one was upgraded; it never changes.
CREATE TABLE ledger (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  ledger_id TEXT NOT NULL CHECK (length(ledger_id) = 32)
) STRICT;
CREATE TRIGGER ledger_stays BEFORE UPDATE ON ledger
BEGIN SELECT RAISE(ABORT, 'a ledger never changes its id'); END;
CREATE TRIGGER ledger_kept BEFORE DELETE ON ledger
BEGIN SELECT RAISE(ABORT, 'a ledger never loses its id'); END;

-- So that damage shows: how many rows a table has, and the sum of their checks (ledger/row_check.py). A row of a record
-- carries its own, `row_check`; of the tables of the log the sum alone is kept. By the gate; no figure rests on it.
CREATE TABLE row_total (
  table_name TEXT PRIMARY KEY,
  rows INTEGER NOT NULL,
  checks INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- before: NULL = the rows first_id..last_id were inserted; else a JSON array of the rows as they were.
CREATE TABLE change (
  operation INTEGER NOT NULL REFERENCES operation DEFERRABLE INITIALLY DEFERRED,
  seq INTEGER NOT NULL,
  table_name TEXT NOT NULL,
  first_id INTEGER NOT NULL,
  last_id INTEGER NOT NULL,
  before TEXT,
  PRIMARY KEY (operation, seq)
) STRICT, WITHOUT ROWID;

-- Which roots an operation touched, as ranges: answers "may it be undone" and "what happened to this record".
CREATE TABLE operation_root (
  operation INTEGER NOT NULL REFERENCES operation DEFERRABLE INITIALLY DEFERRED,
  root TEXT NOT NULL,
  first_id INTEGER NOT NULL,
  last_id INTEGER NOT NULL,
  PRIMARY KEY (root, first_id, operation)
) STRICT, WITHOUT ROWID;
CREATE INDEX operation_root_operation ON operation_root (operation);

-- Where an operation's records stood in its file: row first_id in line first_row of the sheet, and so on line by line.
CREATE TABLE source_row (
  operation INTEGER NOT NULL REFERENCES operation DEFERRABLE INITIALLY DEFERRED,
  table_name TEXT NOT NULL,
  first_id INTEGER NOT NULL,
  last_id INTEGER NOT NULL,
  sheet TEXT NOT NULL,                   -- empty for a text file
  first_row INTEGER NOT NULL,
  PRIMARY KEY (table_name, first_id, operation)
) STRICT, WITHOUT ROWID;
CREATE INDEX source_row_operation ON source_row (operation);

CREATE TRIGGER operation_stays BEFORE UPDATE ON operation
BEGIN SELECT RAISE(ABORT, 'an operation never changes'); END;
CREATE TRIGGER operation_kept BEFORE DELETE ON operation
BEGIN SELECT RAISE(ABORT, 'an operation is never deleted'); END;
CREATE TRIGGER change_stays BEFORE UPDATE ON change
BEGIN SELECT RAISE(ABORT, 'a change never changes'); END;
CREATE TRIGGER change_kept BEFORE DELETE ON change
BEGIN SELECT RAISE(ABORT, 'a change is never deleted'); END;
CREATE TRIGGER source_row_stays BEFORE UPDATE ON source_row
BEGIN SELECT RAISE(ABORT, 'a source never changes'); END;
CREATE TRIGGER source_row_kept BEFORE DELETE ON source_row
BEGIN SELECT RAISE(ABORT, 'a source is never deleted'); END;

-- The last number given out. Not part of any operation's content, so that undo never frees a number.
CREATE TABLE number_sequence (
  record TEXT NOT NULL,
  region TEXT NOT NULL,
  year INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (record, region, year)
) STRICT, WITHOUT ROWID;

-- Which tables hold records, and which root each row belongs to.
CREATE TABLE record_table (
  name TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  root TEXT NOT NULL,
  root_column TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO record_table VALUES
  ('setting', '设置', 'setting', 'id'),
  ('term', '用语', 'term', 'id'),
  ('agency', '中介机构', 'agency', 'id'),
  ('department', '部门', 'department', 'id'),
  ('department_sector', '监管行业', 'department', 'department_id'),
  ('town', '镇（街、区）', 'town', 'id'),
  ('village', '村（居）', 'village', 'id'),
  ('officer', '网格员', 'officer', 'id'),
  ('grid', '网格', 'grid', 'id'),
  ('enterprise', '企业', 'enterprise', 'id'),
  ('former_name', '曾用名', 'enterprise', 'enterprise_id'),
  ('residence', '企业属地', 'enterprise', 'enterprise_id'),
  ('operating_state', '经营状态', 'enterprise', 'enterprise_id'),
  ('enterprise_risk', '风险类别', 'enterprise', 'enterprise_id'),
  ('risk_grade', '风险等级', 'enterprise', 'enterprise_id'),
  ('standardization', '标准化', 'enterprise', 'enterprise_id'),
  ('programme', '专项整治', 'enterprise', 'enterprise_id'),
  ('trusteeship', '托管合同', 'enterprise', 'enterprise_id'),
  ('due_visit', '应服务', 'enterprise', 'enterprise_id'),
  ('review_due', '应复评', 'enterprise', 'enterprise_id'),
  ('programme_due', '应整治', 'enterprise', 'enterprise_id'),
  ('programme_plan', '整治计划', 'programme_plan', 'id'),
  ('diagnosis', '诊断', 'enterprise', 'enterprise_id'),
  ('visit', '托管服务', 'enterprise', 'enterprise_id'),
  ('exposure', '职业病危害', 'enterprise', 'enterprise_id'),
  ('test_due', '应检测', 'enterprise', 'enterprise_id'),
  ('health_test', '职业卫生检测', 'enterprise', 'enterprise_id'),
  ('device', '智慧用电', 'enterprise', 'enterprise_id'),
  ('campaign', '行动', 'campaign', 'id'),
  ('campaign_phase', '行动阶段', 'campaign', 'campaign_id'),
  ('campaign_scope', '行动范围', 'campaign_scope', 'id'),
  ('inspection', '检查', 'inspection', 'id'),
  ('hazard', '隐患', 'hazard', 'id'),
  ('hazard_deadline', '整改期限', 'hazard', 'hazard_id'),
  ('rectification', '整改', 'hazard', 'hazard_id'),
  ('hazard_due', '到期隐患', 'hazard', 'hazard_id'),
  ('supervision', '挂牌督办', 'hazard', 'hazard_id'),
  ('hazard_charge', '监管部门', 'hazard', 'hazard_id'),
  ('training', '培训', 'training', 'id'),
  ('training_officer', '参训网格员', 'training', 'training_id'),
  ('responsible_village', '主体责任村', 'responsible_village', 'id'),
  ('guidance', '责任村指导', 'responsible_village', 'responsible_village_id'),
  ('enforcement_case', '执法案件', 'enforcement_case', 'id'),
  ('accident', '事故', 'accident', 'id'),
  ('casualties', '伤亡', 'accident', 'accident_id'),
  ('filing', '报送', 'filing', 'id'),
  ('filed_figure', '镇报数', 'filing', 'filing_id'),
  ('catch_up', '补差计划', 'catch_up', 'id'),
  ('catch_up_figure', '补差数', 'catch_up', 'catch_up_id'),
  ('statistic', '统计数', 'statistic', 'id'),
  ('scheme', '考核办法', 'scheme', 'id'),
  ('scheme_category', '考核类别', 'scheme', 'scheme_id'),
  ('scheme_group', '考核项目组', 'scheme', 'scheme_id'),
  ('scheme_indicator', '考核指标', 'scheme', 'scheme_id'),
  ('scheme_part', '考核指标口径', 'scheme', 'scheme_id'),
  ('work_item', '工作项', 'work_item', 'id'),
  ('monthly_figure', '上报数', 'monthly_figure', 'id'),
  ('mark', '评分', 'mark', 'id'),
  ('veto_lifting', '否决解除', 'veto_lifting', 'id'),
  ('target', '年度任务', 'target', 'id'),
  ('opening_figure', '期初数', 'opening_figure', 'id'),
  ('issued_month', '月份', 'issued_month', 'id'),
  ('month_cell', '月份数字', 'issued_month', 'issued_month_id'),
  ('month_recount', '月份重算', 'issued_month', 'issued_month_id'),
  ('month_text', '通报文字', 'month_text', 'id'),
  ('sent_package', '报出包', 'sent_package', 'id'),
  ('reporting_ledger', '报送台账', 'reporting_ledger', 'id'),
  ('received_package', '收到的报送包', 'reporting_ledger', 'reporting_ledger_id'),
  ('delivered_unit', '下级单位', 'reporting_ledger', 'reporting_ledger_id'),
  ('delivered_sum', '报送数', 'reporting_ledger', 'reporting_ledger_id'),
  ('delivered_opening', '报送的期初数', 'reporting_ledger', 'reporting_ledger_id');

-- The Chinese title of every column, filled from the records, so that the file explains itself.
CREATE TABLE column_title (
  table_name TEXT NOT NULL,
  column_name TEXT NOT NULL,
  title TEXT NOT NULL,
  PRIMARY KEY (table_name, column_name)
) STRICT, WITHOUT ROWID;

------------------------------------------------------------------------------------------- records

CREATE TABLE setting (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  from_on TEXT NOT NULL CHECK (from_on IS date(from_on, '+0 days')),
  until_on TEXT NOT NULL DEFAULT '9999-12-31' CHECK (until_on = '9999-12-31' OR until_on IS date(until_on, '+0 days')),
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT,
  CHECK (from_on < until_on)
) STRICT;
CREATE UNIQUE INDEX setting_day ON setting (name, from_on) WHERE voided_on IS NULL;

-- 用语: a word that the office's list has from a day until another (rules/word_lists.py). A row of a word of the program
-- says when that one holds; without any row it always does. means: the word of the program whose rules it takes.
CREATE TABLE term (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL UNIQUE,
  list TEXT NOT NULL CHECK (list <> ''),
  word TEXT NOT NULL CHECK (word <> ''),
  means TEXT CHECK (means <> ''),
  from_on TEXT NOT NULL DEFAULT '0001-01-01' CHECK (from_on = '0001-01-01' OR from_on IS date(from_on, '+0 days')),
  until_on TEXT NOT NULL DEFAULT '9999-12-31' CHECK (until_on = '9999-12-31' OR until_on IS date(until_on, '+0 days')),
  position INTEGER,
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT,
  CHECK (from_on < until_on)
) STRICT;
CREATE UNIQUE INDEX term_day ON term (list, word, from_on) WHERE voided_on IS NULL;

-- 中介机构. Contracts, visits and tests name their agency as the paper does; what the office knows of it stands here.
CREATE TABLE agency (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  credit_code TEXT CHECK (length(credit_code) = 18),
  qualification TEXT,
  contact TEXT,
  phone TEXT,
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT
) STRICT;
CREATE UNIQUE INDEX agency_name ON agency (name) WHERE voided_on IS NULL;

-- 部门. What is counted for one bears its number, so that it stays whatever it is called. One that is renamed or merged ends,
-- and another follows (merged_into); from_on NULL: always there, until_on NULL: still.
CREATE TABLE department (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  short_name TEXT CHECK (short_name <> ''),
  duty TEXT,
  contact TEXT,
  phone TEXT,
  position INTEGER,                      -- 机关序
  from_on TEXT CHECK (from_on IS NULL OR from_on IS date(from_on, '+0 days')),
  until_on TEXT CHECK (until_on IS NULL OR until_on IS date(until_on, '+0 days')),
  merged_into TEXT REFERENCES department (number),
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT
) STRICT;
CREATE UNIQUE INDEX department_name ON department (name) WHERE voided_on IS NULL;
CREATE INDEX department_merged_into ON department (merged_into) WHERE merged_into IS NOT NULL;

-- 监管行业: which firms are a department's to supervise: by the beginning of their industry code, or by their risk.
CREATE TABLE department_sector (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  department_id INTEGER NOT NULL REFERENCES department,
  kind TEXT NOT NULL CHECK (kind = '行业' OR kind = '风险'),
  word TEXT NOT NULL CHECK (word <> ''),
  UNIQUE (department_id, kind, word)
) STRICT;

-- A unit that is ranked: of a county its towns; of a city, a province or the nation its counties (县级), whose codes are those
-- of the counties and three noughts. city, province: where a county lies, by name, for rankings within them.
CREATE TABLE town (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL GENERATED ALWAYS AS (code) VIRTUAL,
  code TEXT NOT NULL UNIQUE CHECK (length(code) = 9),
  name TEXT NOT NULL,
  short_name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind = '镇' OR kind = '街道' OR kind = '乡' OR kind = '功能区' OR kind = '县级'),
  position INTEGER NOT NULL,             -- 机关序
  from_on TEXT NOT NULL DEFAULT '0001-01-01' CHECK (from_on = '0001-01-01' OR from_on IS date(from_on, '+0 days')),
  until_on TEXT NOT NULL DEFAULT '9999-12-31' CHECK (until_on = '9999-12-31' OR until_on IS date(until_on, '+0 days')),
  merged_into TEXT REFERENCES town (code),
  city TEXT CHECK (city <> ''),
  province TEXT CHECK (province <> ''),
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT,
  CHECK (from_on < until_on)
) STRICT;

CREATE TABLE village (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL GENERATED ALWAYS AS (code) VIRTUAL,
  code TEXT NOT NULL UNIQUE CHECK (length(code) = 12),
  name TEXT NOT NULL,
  town_code TEXT NOT NULL REFERENCES town (code),
  from_on TEXT NOT NULL DEFAULT '0001-01-01' CHECK (from_on = '0001-01-01' OR from_on IS date(from_on, '+0 days')),
  until_on TEXT NOT NULL DEFAULT '9999-12-31' CHECK (until_on = '9999-12-31' OR until_on IS date(until_on, '+0 days')),
  merged_into TEXT REFERENCES village (code),
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT,
  CHECK (from_on < until_on)
) STRICT;
CREATE INDEX village_town ON village (town_code);

-- 网格员, from the day of taking up the grid until the day of leaving it.
CREATE TABLE officer (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL UNIQUE,
  town_code TEXT NOT NULL REFERENCES town (code),
  village_code TEXT REFERENCES village (code),
  name TEXT NOT NULL,
  grid TEXT,
  phone TEXT,
  from_on TEXT CHECK (from_on IS NULL OR from_on IS date(from_on, '+0 days')),
  until_on TEXT CHECK (until_on IS NULL OR until_on IS date(until_on, '+0 days')),
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT
) STRICT;
CREATE INDEX officer_town ON officer (town_code, name);
CREATE INDEX officer_village ON officer (village_code);

-- 网格. An officer's row names it as the town does (officer.grid); a firm is in the grid of its officer, else of its village.
CREATE TABLE grid (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL UNIQUE,
  town_code TEXT NOT NULL REFERENCES town (code),
  village_code TEXT REFERENCES village (code),
  name TEXT NOT NULL CHECK (name <> ''),
  duty TEXT,
  from_on TEXT CHECK (from_on IS NULL OR from_on IS date(from_on, '+0 days')),
  until_on TEXT CHECK (until_on IS NULL OR until_on IS date(until_on, '+0 days')),
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT
) STRICT;
CREATE UNIQUE INDEX grid_name ON grid (town_code, name) WHERE voided_on IS NULL;
CREATE INDEX grid_village ON grid (village_code);

CREATE TABLE enterprise (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,                -- the name without spaces and bracket styles, for finding
  credit_code TEXT CHECK (length(credit_code) = 18),
  registration_number TEXT CHECK (length(registration_number) IN (13, 15)),
  no_code_reason TEXT CHECK (no_code_reason <> ''),
  registered_address TEXT,
  operating_address TEXT,
  industry_code TEXT,
  industry_name TEXT,
  size TEXT CHECK (size = '大型' OR size = '中型' OR size = '小型' OR size = '微型'),
  employees INTEGER CHECK (employees >= 0),
  principal TEXT,
  safety_officer TEXT,
  phone TEXT,
  grid_officer TEXT,
  registered_on TEXT CHECK (registered_on IS NULL OR registered_on IS date(registered_on, '+0 days')),
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT
) STRICT;
CREATE UNIQUE INDEX enterprise_credit_code ON enterprise (credit_code)
  WHERE credit_code IS NOT NULL AND voided_on IS NULL;
CREATE UNIQUE INDEX enterprise_registration_number ON enterprise (registration_number)
  WHERE registration_number IS NOT NULL AND voided_on IS NULL;
CREATE INDEX enterprise_voided_credit_code ON enterprise (credit_code) WHERE voided_on IS NOT NULL;
CREATE INDEX enterprise_voided_registration_number ON enterprise (registration_number) WHERE voided_on IS NOT NULL;
CREATE INDEX enterprise_name_key ON enterprise (name_key);

-- Names an enterprise bore before (曾用名). The name it bears now stands on the enterprise.
CREATE TABLE former_name (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  enterprise_id INTEGER NOT NULL REFERENCES enterprise,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  until_on TEXT NOT NULL CHECK (until_on IS date(until_on, '+0 days'))
) STRICT;
CREATE INDEX former_name_enterprise ON former_name (enterprise_id);
CREATE INDEX former_name_key ON former_name (name_key);

-- The town an enterprise is in, by date. Every enterprise has a gapless row of them; NULL = 未定镇街.
CREATE TABLE residence (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  enterprise_id INTEGER NOT NULL REFERENCES enterprise,
  town_code TEXT REFERENCES town (code),
  village_code TEXT REFERENCES village (code),
  from_on TEXT NOT NULL DEFAULT '0001-01-01' CHECK (from_on = '0001-01-01' OR from_on IS date(from_on, '+0 days')),
  until_on TEXT NOT NULL DEFAULT '9999-12-31' CHECK (until_on = '9999-12-31' OR until_on IS date(until_on, '+0 days')),
  CHECK (from_on < until_on)
) STRICT;
CREATE INDEX residence_enterprise ON residence (enterprise_id);
CREATE INDEX residence_town ON residence (town_code);

-- 停产, 关闭, 搬迁, by date. An enterprise without a row on a day is 在营 on that day.
CREATE TABLE operating_state (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  enterprise_id INTEGER NOT NULL REFERENCES enterprise,
  state TEXT NOT NULL CHECK (state = '停产' OR state = '关闭' OR state = '搬迁'),
  from_on TEXT NOT NULL CHECK (from_on IS date(from_on, '+0 days')),
  until_on TEXT NOT NULL DEFAULT '9999-12-31' CHECK (until_on = '9999-12-31' OR until_on IS date(until_on, '+0 days')),
  CHECK (from_on < until_on)
) STRICT;
CREATE INDEX operating_state_enterprise ON operating_state (enterprise_id);

CREATE TABLE enterprise_risk (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  enterprise_id INTEGER NOT NULL REFERENCES enterprise,
  kind TEXT NOT NULL CHECK (kind <> ''),
  UNIQUE (enterprise_id, kind)
) STRICT;

-- 风险等级, from a day until the next grading (until_on by rule, rules/risk_grade.py), with what it rests on.
CREATE TABLE risk_grade (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL UNIQUE,
  enterprise_id INTEGER NOT NULL REFERENCES enterprise,
  grade TEXT NOT NULL CHECK (grade = '红' OR grade = '橙' OR grade = '黄' OR grade = '蓝'),
  from_on TEXT NOT NULL CHECK (from_on IS date(from_on, '+0 days')),
  basis TEXT NOT NULL,
  graded_by TEXT,
  document TEXT,
  until_on TEXT CHECK (until_on IS NULL OR until_on = '9999-12-31' OR until_on IS date(until_on, '+0 days')),
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT
) STRICT;
CREATE INDEX risk_grade_enterprise ON risk_grade (enterprise_id);

-- 标准化: one creation, re-review or upgrade, from the day it was begun. Below `remark` stands what follows by rule
-- (rules/standardization.py): expires_on is the first day the certificate no longer holds, valid_until the day
-- another one took its place, it was revoked or it expired; counted_as is what it counts as (once a cycle): its grade,
-- and behind it its kind where these are told apart; renews = 1 where that is done of what was owed (review_due);
-- uncounted_on is the day on which that is taken back; due_from until due_until re-review is asked for.
CREATE TABLE standardization (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL UNIQUE,
  enterprise_id INTEGER NOT NULL REFERENCES enterprise,
  grade TEXT NOT NULL CHECK (grade <> ''),
  kind TEXT NOT NULL CHECK (kind <> ''),
  agency TEXT,
  begun_on TEXT NOT NULL CHECK (begun_on IS date(begun_on, '+0 days')),
  consulted_on TEXT CHECK (consulted_on IS NULL OR consulted_on IS date(consulted_on, '+0 days')),
  self_assessed_on TEXT CHECK (self_assessed_on IS NULL OR self_assessed_on IS date(self_assessed_on, '+0 days')),
  applied_on TEXT CHECK (applied_on IS NULL OR applied_on IS date(applied_on, '+0 days')),
  reviewed_on TEXT CHECK (reviewed_on IS NULL OR reviewed_on IS date(reviewed_on, '+0 days')),
  review_score TEXT,
  reviewed_by TEXT,
  announced_on TEXT CHECK (announced_on IS NULL OR announced_on IS date(announced_on, '+0 days')),
  announcement TEXT,
  certificate_number TEXT,
  abandoned_on TEXT CHECK (abandoned_on IS NULL OR abandoned_on IS date(abandoned_on, '+0 days')),
  revoked_on TEXT CHECK (revoked_on IS NULL OR revoked_on IS date(revoked_on, '+0 days')),
  excused_on TEXT CHECK (excused_on IS NULL OR excused_on IS date(excused_on, '+0 days')),
  excuse TEXT,
  remark TEXT,
  expires_on TEXT CHECK (expires_on IS NULL OR expires_on IS date(expires_on, '+0 days')),
  valid_until TEXT CHECK (valid_until IS NULL OR valid_until IS date(valid_until, '+0 days')),
  counted_as TEXT CHECK (counted_as <> ''),
  renews INTEGER CHECK (renews IN (0, 1)),
  uncounted_on TEXT CHECK (uncounted_on IS NULL OR uncounted_on IS date(uncounted_on, '+0 days')),
  not_counted TEXT,
  due_from TEXT CHECK (due_from IS NULL OR due_from IS date(due_from, '+0 days')),
  due_until TEXT CHECK (due_until IS NULL OR due_until IS date(due_until, '+0 days')),
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT
) STRICT;
CREATE INDEX standardization_enterprise ON standardization (enterprise_id);

-- 专项整治: an enterprise enrolled in a programme by kind, and how far it has come. excused_on: 核减.
CREATE TABLE programme (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL UNIQUE,
  enterprise_id INTEGER NOT NULL REFERENCES enterprise,
  action TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind <> ''),
  enrolled_on TEXT NOT NULL CHECK (enrolled_on IS date(enrolled_on, '+0 days')),
  reason TEXT CHECK (reason <> ''),
  inspected_on TEXT CHECK (inspected_on IS NULL OR inspected_on IS date(inspected_on, '+0 days')),
  diagnosed_on TEXT CHECK (diagnosed_on IS NULL OR diagnosed_on IS date(diagnosed_on, '+0 days')),
  agency TEXT,
  planned_on TEXT CHECK (planned_on IS NULL OR planned_on IS date(planned_on, '+0 days')),
  rectified_on TEXT CHECK (rectified_on IS NULL OR rectified_on IS date(rectified_on, '+0 days')),
  accepted_on TEXT CHECK (accepted_on IS NULL OR accepted_on IS date(accepted_on, '+0 days')),
  accepted_unit TEXT,
  conclusion TEXT CHECK (conclusion IN ('合格', '不合格')),
  outcome TEXT CHECK (outcome <> ''),
  outcome_on TEXT CHECK (outcome_on IS NULL OR outcome_on IS date(outcome_on, '+0 days')),
  excused_on TEXT CHECK (excused_on IS NULL OR excused_on IS date(excused_on, '+0 days')),
  excuse TEXT,
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT
) STRICT;
CREATE INDEX programme_enterprise ON programme (enterprise_id);

-- What is owed by a rate with a denominator of its own, by rule (rules/debt.py): in the name of town_code, from a day
-- until another (9999-12-31 while neither done nor excused). carried = 1: of a year before (上年结转). done_on, and the day
-- it was taken back again, lie within. reason: why it ended before the year did.
CREATE TABLE review_due (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  enterprise_id INTEGER NOT NULL REFERENCES enterprise,
  standardization_id INTEGER NOT NULL REFERENCES standardization, -- the certificate that falls due
  renewal_id INTEGER REFERENCES standardization,                  -- the re-review by which it was done
  town_code TEXT REFERENCES town (code),
  from_on TEXT NOT NULL CHECK (from_on IS date(from_on, '+0 days')),
  until_on TEXT NOT NULL CHECK (until_on = '9999-12-31' OR until_on IS date(until_on, '+0 days')),
  carried INTEGER NOT NULL CHECK (carried IN (0, 1)),
  done_on TEXT CHECK (done_on IS NULL OR done_on IS date(done_on, '+0 days')),
  undone_on TEXT CHECK (undone_on IS NULL OR undone_on IS date(undone_on, '+0 days')),
  reason TEXT,
  CHECK (from_on <= until_on)
) STRICT;
CREATE INDEX review_due_enterprise ON review_due (enterprise_id);
CREATE INDEX review_due_standardization ON review_due (standardization_id);
CREATE INDEX review_due_renewal ON review_due (renewal_id);

CREATE TABLE programme_due (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  enterprise_id INTEGER NOT NULL REFERENCES enterprise,
  programme_id INTEGER NOT NULL REFERENCES programme,
  town_code TEXT REFERENCES town (code),
  from_on TEXT NOT NULL CHECK (from_on IS date(from_on, '+0 days')),
  until_on TEXT NOT NULL CHECK (until_on = '9999-12-31' OR until_on IS date(until_on, '+0 days')),
  carried INTEGER NOT NULL CHECK (carried IN (0, 1)),
  done_on TEXT CHECK (done_on IS NULL OR done_on IS date(done_on, '+0 days')),
  reason TEXT,
  CHECK (from_on <= until_on)
) STRICT;
CREATE INDEX programme_due_enterprise ON programme_due (enterprise_id);
CREATE INDEX programme_due_programme ON programme_due (programme_id);

-- 整治计划: by which day a stage is to be done by whoever was enrolled in a kind in a year. 验收 has the year's end.
CREATE TABLE programme_plan (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL UNIQUE,
  year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2199),
  kind TEXT NOT NULL CHECK (kind <> ''),
  stage TEXT NOT NULL CHECK (stage = '排查' OR stage = '诊断' OR stage = '方案' OR stage = '整改'),
  due_on TEXT NOT NULL CHECK (due_on IS date(due_on, '+0 days')),
  document TEXT,
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT
) STRICT;
CREATE UNIQUE INDEX programme_plan_stage ON programme_plan (year, kind, stage) WHERE voided_on IS NULL;

-- 诊断: what an agency found in an enterprise, and the plan it wrote. Its hazards are those of that enterprise and day that
-- were found by 中介诊断. programme_id: the enrolment it was made for.
CREATE TABLE diagnosis (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL UNIQUE,
  enterprise_id INTEGER NOT NULL REFERENCES enterprise,
  programme_id INTEGER REFERENCES programme,
  agency TEXT NOT NULL,
  diagnosed_on TEXT NOT NULL CHECK (diagnosed_on IS date(diagnosed_on, '+0 days')),
  findings TEXT,
  planned_on TEXT CHECK (planned_on IS NULL OR planned_on IS date(planned_on, '+0 days')),
  plan TEXT,
  report_number TEXT,
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT
) STRICT;
CREATE INDEX diagnosis_enterprise ON diagnosis (enterprise_id);
CREATE INDEX diagnosis_programme ON diagnosis (programme_id) WHERE programme_id IS NOT NULL;

-- 托管合同. By rule from these days, the firm's other contracts and its states (rules/trusteeship.py): until_on, and
-- renewal_settled_on, the first day on which nobody asks for its renewal any more: it was ended early, another of its
-- kind follows, the firm closed, or a year passed; NULL where it is voided. A contract that has run out and is not
-- followed is one with until_on <= day < renewal_settled_on.
CREATE TABLE trusteeship (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL UNIQUE,
  enterprise_id INTEGER NOT NULL REFERENCES enterprise,
  agency TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind <> ''),
  contract_number TEXT,
  from_on TEXT NOT NULL CHECK (from_on IS date(from_on, '+0 days')),
  last_on TEXT NOT NULL CHECK (last_on IS date(last_on, '+0 days')),      -- 终止日期（含当日）, as agreed
  ended_on TEXT CHECK (ended_on IS NULL OR ended_on IS date(ended_on, '+0 days')),            -- 提前终止日期: the first day not in force
  end_reason TEXT,
  until_on TEXT NOT NULL DEFAULT '9999-12-31' CHECK (until_on = '9999-12-31' OR until_on IS date(until_on, '+0 days')), -- the first day not in force
  renewal_settled_on TEXT CHECK (renewal_settled_on IS NULL OR renewal_settled_on IS date(renewal_settled_on, '+0 days')),
  yearly_fee INTEGER CHECK (yearly_fee >= 0),                  -- fen
  payer TEXT CHECK (payer <> ''),
  visits_per_year INTEGER NOT NULL CHECK (visits_per_year BETWEEN 0 AND 366),
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT
) STRICT;
CREATE INDEX trusteeship_enterprise ON trusteeship (enterprise_id);

-- The visits a contract owes, by rule from its days and its visits a year: one row a day on which any is due.
CREATE TABLE due_visit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  enterprise_id INTEGER NOT NULL REFERENCES enterprise,
  trusteeship_id INTEGER NOT NULL REFERENCES trusteeship,
  due_on TEXT NOT NULL CHECK (due_on IS date(due_on, '+0 days')),
  visits INTEGER NOT NULL CHECK (visits > 0)
) STRICT;
CREATE INDEX due_visit_enterprise ON due_visit (enterprise_id);
CREATE INDEX due_visit_trusteeship ON due_visit (trusteeship_id);

CREATE TABLE visit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL UNIQUE,
  enterprise_id INTEGER NOT NULL REFERENCES enterprise,
  agency TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind <> ''),
  visited_on TEXT NOT NULL CHECK (visited_on IS date(visited_on, '+0 days')),
  visitor TEXT,
  hazards_found INTEGER CHECK (hazards_found >= 0),
  hazards_closed INTEGER CHECK (hazards_closed >= 0),
  report_number TEXT,
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT
) STRICT;
CREATE INDEX visit_enterprise ON visit (enterprise_id);

-- 职业病危害: an enterprise whose people are exposed, from a day until another.
CREATE TABLE exposure (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL UNIQUE,
  enterprise_id INTEGER NOT NULL REFERENCES enterprise,
  level TEXT NOT NULL CHECK (level = '严重' OR level = '较重' OR level = '一般'),
  factors TEXT,
  from_on TEXT NOT NULL CHECK (from_on IS date(from_on, '+0 days')),
  ended_on TEXT CHECK (ended_on IS NULL OR ended_on IS date(ended_on, '+0 days')),                         -- the first day nobody is exposed
  end_reason TEXT,
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT
) STRICT;
CREATE INDEX exposure_enterprise ON exposure (enterprise_id);

-- When an exposed enterprise has to be tested (应检), by the rule of those days: rules/exposure.py. due_on: the last day
-- of the first test; last_test_on: the test that this day is reckoned from, NULL where it is the year's end.
CREATE TABLE test_due (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  enterprise_id INTEGER NOT NULL REFERENCES enterprise,
  exposure_id INTEGER NOT NULL REFERENCES exposure,
  from_on TEXT NOT NULL CHECK (from_on IS date(from_on, '+0 days')),
  until_on TEXT NOT NULL DEFAULT '9999-12-31' CHECK (until_on = '9999-12-31' OR until_on IS date(until_on, '+0 days')),
  due_on TEXT CHECK (due_on IS NULL OR due_on IS date(due_on, '+0 days')),
  last_test_on TEXT CHECK (last_test_on IS NULL OR last_test_on IS date(last_test_on, '+0 days')),
  reason TEXT,                           -- why it ended, other than by a test
  CHECK (from_on < until_on)
) STRICT;
CREATE INDEX test_due_enterprise ON test_due (enterprise_id);
CREATE INDEX test_due_exposure ON test_due (exposure_id);

-- 职业卫生检测. Below `remark` stands what counts by rule (rules/health_testing.py), once an enterprise and year: tested
-- and over the limit from reported_on until 1 January; all that is over the limit remedied, from a day until another.
CREATE TABLE health_test (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL UNIQUE,
  enterprise_id INTEGER NOT NULL REFERENCES enterprise,
  agency TEXT NOT NULL,
  sampled_on TEXT NOT NULL CHECK (sampled_on IS date(sampled_on, '+0 days')),
  reported_on TEXT NOT NULL CHECK (reported_on IS date(reported_on, '+0 days')),
  report_number TEXT,
  kind TEXT CHECK (kind IN ('定期检测', '现状评价')),
  points INTEGER NOT NULL CHECK (points >= 0),
  points_over INTEGER NOT NULL CHECK (points_over >= 0),
  factors TEXT,
  remedied_on TEXT CHECK (remedied_on IS NULL OR remedied_on IS date(remedied_on, '+0 days')),
  retested_on TEXT CHECK (retested_on IS NULL OR retested_on IS date(retested_on, '+0 days')),
  remark TEXT,
  tested_until TEXT CHECK (tested_until IS NULL OR tested_until IS date(tested_until, '+0 days')),
  over_until TEXT CHECK (over_until IS NULL OR over_until IS date(over_until, '+0 days')),
  remedied_from TEXT CHECK (remedied_from IS NULL OR remedied_from IS date(remedied_from, '+0 days')),
  remedied_until TEXT CHECK (remedied_until IS NULL OR remedied_until IS date(remedied_until, '+0 days')),
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT
) STRICT;
CREATE INDEX health_test_enterprise ON health_test (enterprise_id);

-- 智慧用电. removed_on: the first day it is no longer there.
CREATE TABLE device (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL UNIQUE,
  enterprise_id INTEGER NOT NULL REFERENCES enterprise,
  installed_on TEXT NOT NULL CHECK (installed_on IS date(installed_on, '+0 days')),
  sets INTEGER CHECK (sets >= 0),
  provider TEXT,
  removed_on TEXT CHECK (removed_on IS NULL OR removed_on IS date(removed_on, '+0 days')),
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT
) STRICT;
CREATE INDEX device_enterprise ON device (enterprise_id);

-- 行动: a drive of inspections, which name it. Three phases: 宣传发动, 集中推进, 总结提高.
CREATE TABLE campaign (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  document TEXT,
  lead TEXT,
  from_on TEXT NOT NULL CHECK (from_on IS date(from_on, '+0 days')),
  push_on TEXT CHECK (push_on IS NULL OR push_on IS date(push_on, '+0 days')),
  summary_on TEXT CHECK (summary_on IS NULL OR summary_on IS date(summary_on, '+0 days')),
  last_on TEXT CHECK (last_on IS NULL OR last_on IS date(last_on, '+0 days')),
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT
) STRICT;
CREATE UNIQUE INDEX campaign_name ON campaign (name) WHERE voided_on IS NULL;

-- A phase of its own; a campaign without any has the three that its own days tell. The first day of the next, or the
-- campaign's last, ends it. visited and closed: per cent of the firms in scope inspected, of the hazards found closed, by its end;
-- work: the kind of work item that every unit is to do in it.
CREATE TABLE campaign_phase (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL UNIQUE,
  campaign_id INTEGER NOT NULL REFERENCES campaign,
  title TEXT NOT NULL CHECK (title <> ''),
  from_on TEXT NOT NULL CHECK (from_on IS date(from_on, '+0 days')),
  task TEXT,
  work TEXT CHECK (work <> ''),
  visited INTEGER CHECK (visited BETWEEN 0 AND 100),
  closed INTEGER CHECK (closed BETWEEN 0 AND 100),
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT
) STRICT;
CREATE INDEX campaign_phase_campaign ON campaign_phase (campaign_id);

-- 行动范围: a firm is in scope on a day if it is in operation and meets any of the rows of 风险, 行业, 等级, 企业, and any of those
-- of 镇街; of a kind of which there is none nothing is asked. Without rows: every firm. word: a risk, the beginning of an
-- industry code, a grade.
CREATE TABLE campaign_scope (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL UNIQUE,
  campaign_id INTEGER NOT NULL REFERENCES campaign,
  kind TEXT NOT NULL CHECK (kind = '风险' OR kind = '行业' OR kind = '等级' OR kind = '镇街' OR kind = '企业'),
  word TEXT CHECK (word <> ''),
  town_code TEXT REFERENCES town (code),
  enterprise_id INTEGER REFERENCES enterprise,
  from_on TEXT NOT NULL DEFAULT '0001-01-01' CHECK (from_on = '0001-01-01' OR from_on IS date(from_on, '+0 days')),
  until_on TEXT NOT NULL DEFAULT '9999-12-31' CHECK (until_on = '9999-12-31' OR until_on IS date(until_on, '+0 days')),
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT,
  CHECK ((kind = '镇街') = (town_code IS NOT NULL)),
  CHECK ((kind = '企业') = (enterprise_id IS NOT NULL)),
  CHECK ((kind = '镇街' OR kind = '企业') = (word IS NULL)),
  CHECK (from_on < until_on)
) STRICT;
CREATE UNIQUE INDEX campaign_scope_row ON campaign_scope (campaign_id, kind, COALESCE(word, town_code, enterprise_id), from_on)
  WHERE voided_on IS NULL;
CREATE INDEX campaign_scope_enterprise ON campaign_scope (enterprise_id) WHERE enterprise_id IS NOT NULL;
CREATE INDEX campaign_scope_town ON campaign_scope (town_code) WHERE town_code IS NOT NULL;

CREATE TABLE inspection (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL UNIQUE,
  enterprise_id INTEGER NOT NULL REFERENCES enterprise,
  town_code TEXT REFERENCES town (code), -- where the enterprise was on the day
  department TEXT REFERENCES department (number), -- 检查部门; of a joint one the one that led it
  joined TEXT,
  inspected_on TEXT NOT NULL CHECK (inspected_on IS date(inspected_on, '+0 days')),
  method TEXT NOT NULL CHECK (method <> ''),
  campaign TEXT,
  inspector TEXT,
  document TEXT,
  found_any TEXT NOT NULL CHECK (found_any IN ('有', '无')),
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT
) STRICT;
CREATE INDEX inspection_enterprise ON inspection (enterprise_id);
CREATE INDEX inspection_town ON inspection (town_code, inspected_on);
CREATE INDEX inspection_campaign ON inspection (campaign);
CREATE INDEX inspection_department ON inspection (department) WHERE department IS NOT NULL;

CREATE TABLE hazard (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL UNIQUE,
  enterprise_id INTEGER NOT NULL REFERENCES enterprise,
  town_code TEXT REFERENCES town (code), -- where it was found; it stays there
  found_by TEXT REFERENCES department (number),   -- 检查部门
  charged_to TEXT REFERENCES department (number), -- 监管部门, answerable for it from the first day on (hazard_charge)
  found_on TEXT NOT NULL CHECK (found_on IS date(found_on, '+0 days')),
  source TEXT NOT NULL CHECK (source <> ''),
  level TEXT NOT NULL CHECK (level IN ('一般', '重大')),
  description TEXT NOT NULL,
  category TEXT,
  basis TEXT,
  document TEXT,
  deadline_on TEXT NOT NULL CHECK (deadline_on IS date(deadline_on, '+0 days')), -- the original one; extensions keep it
  responsible TEXT,
  measures TEXT,
  funds INTEGER CHECK (funds >= 0),      -- fen
  contingency_plan TEXT,
  reported_on TEXT CHECK (reported_on IS NULL OR reported_on IS date(reported_on, '+0 days')),
  report_cause TEXT,
  report_harm TEXT,
  report_plan TEXT,
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT
) STRICT;
CREATE INDEX hazard_enterprise ON hazard (enterprise_id);
CREATE INDEX hazard_town ON hazard (town_code, found_on);
CREATE INDEX hazard_found_by ON hazard (found_by) WHERE found_by IS NOT NULL;
CREATE INDEX hazard_charged_to ON hazard (charged_to) WHERE charged_to IS NOT NULL;
CREATE INDEX hazard_voided ON hazard (id) WHERE voided_on IS NOT NULL;

-- One row per deadline in force. It ends by acceptance or by the next deadline.
CREATE TABLE hazard_deadline (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  hazard_id INTEGER NOT NULL REFERENCES hazard,
  deadline_on TEXT NOT NULL CHECK (deadline_on IS date(deadline_on, '+0 days')),
  late_from TEXT NOT NULL CHECK (late_from IS date(late_from, '+0 days')),      -- the first day overdue (rules/hazard.py)
  from_on TEXT NOT NULL CHECK (from_on IS date(from_on, '+0 days')),
  until_on TEXT NOT NULL DEFAULT '9999-12-31' CHECK (until_on = '9999-12-31' OR until_on IS date(until_on, '+0 days')),
  ended_by TEXT CHECK (ended_by IN ('验收', '延期')),
  due_on TEXT CHECK (due_on IS NULL OR due_on = deadline_on OR due_on IS date(due_on, '+0 days')),  -- deadline_on; NULL where another deadline took its place before
  settled_on TEXT CHECK (settled_on IS NULL OR settled_on = until_on OR settled_on IS date(settled_on, '+0 days')), -- the day of the acceptance that settled it
  reason TEXT,                                         -- why extended or sent back
  approved_by TEXT,
  document TEXT,
  CHECK (from_on <= until_on),
  CHECK ((until_on = '9999-12-31') = (ended_by IS NULL))
) STRICT;
CREATE INDEX hazard_deadline_hazard ON hazard_deadline (hazard_id);
-- What stands open, by its last day: of a hundred thousand hazards it is the few that a list of what is due is made of. It
-- holds all that these are counted by, so that their rows are not read (bulletin/due.py).
CREATE INDEX hazard_deadline_open ON hazard_deadline (deadline_on, hazard_id, from_on, until_on) WHERE until_on = '9999-12-31';

-- One round of rectification and acceptance. until_on: the day a qualified one was sent back (退回).
CREATE TABLE rectification (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  hazard_id INTEGER NOT NULL REFERENCES hazard,
  rectified_on TEXT NOT NULL CHECK (rectified_on IS date(rectified_on, '+0 days')),
  measures TEXT,
  funds INTEGER CHECK (funds >= 0),      -- fen
  accepted_on TEXT CHECK (accepted_on IS NULL OR accepted_on IS date(accepted_on, '+0 days')),
  conclusion TEXT CHECK (conclusion IN ('合格', '不合格')),
  accepted_level TEXT CHECK (accepted_level = '镇级' OR accepted_level = '县级' OR accepted_level = '设区市级'
                             OR accepted_level = '省级'),
  accepted_unit TEXT,
  accepted_by TEXT,
  failure_reason TEXT,
  until_on TEXT NOT NULL DEFAULT '9999-12-31' CHECK (until_on = '9999-12-31' OR until_on IS date(until_on, '+0 days')),
  CHECK ((accepted_on IS NULL) = (conclusion IS NULL))
) STRICT;
CREATE INDEX rectification_hazard ON rectification (hazard_id);

-- What became of a hazard that met its first deadline, by rule (rules/hazard.py): overdue from from_on, awaiting
-- acceptance from awaiting_from, accepted as qualified from done_from, none of it any more from until_on; any of the three
-- may be empty. A day is in one row at most, so that the parts add up. `hazard_deadline_id` is the deadline first met,
-- `rectification_id` the round that made an end of being overdue. `extended`: overdue while an extension holds;
-- `sent_back`: overdue, rectified before, and refused or sent back. The two ids are no REFERENCES, whose indexes every
-- hazard would pay for: when such a row goes, these rows are derived anew.
CREATE TABLE hazard_due (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  hazard_id INTEGER NOT NULL REFERENCES hazard,
  hazard_deadline_id INTEGER NOT NULL,
  rectification_id INTEGER,
  due_on TEXT NOT NULL,                  -- these days are days of other rows, which were held to be dates there
  from_on TEXT NOT NULL,
  awaiting_from TEXT NOT NULL,
  done_from TEXT NOT NULL,
  until_on TEXT NOT NULL,
  extended INTEGER NOT NULL CHECK (extended = 0 OR extended = 1),
  sent_back INTEGER NOT NULL CHECK (sent_back = 0 OR sent_back = 1),
  CHECK (due_on <= from_on AND from_on <= awaiting_from AND awaiting_from <= done_from AND done_from <= until_on),
  CHECK (from_on < until_on),
  CHECK ((rectification_id IS NULL) = (awaiting_from = until_on))
) STRICT;
CREATE INDEX hazard_due_hazard ON hazard_due (hazard_id);
CREATE INDEX hazard_due_on ON hazard_due (due_on);      -- what is due on a day that is not over (bulletin/due_today.py)

CREATE INDEX hazard_major ON hazard (id) WHERE level = '重大';

-- 移交: which department answers for a hazard, by date. Only one that was handed over has rows, and then one for every day;
-- the first is as the hazard says.
CREATE TABLE hazard_charge (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  hazard_id INTEGER NOT NULL REFERENCES hazard,
  charged_to TEXT REFERENCES department (number),
  from_on TEXT NOT NULL DEFAULT '0001-01-01' CHECK (from_on = '0001-01-01' OR from_on IS date(from_on, '+0 days')),
  until_on TEXT NOT NULL DEFAULT '9999-12-31' CHECK (until_on = '9999-12-31' OR until_on IS date(until_on, '+0 days')),
  document TEXT,
  due_on TEXT CHECK (due_on IS NULL OR due_on IS date(due_on, '+0 days')),
  answered_on TEXT CHECK (answered_on IS NULL OR answered_on IS date(answered_on, '+0 days')),
  answer TEXT,
  CHECK (from_on < until_on)
) STRICT;
CREATE INDEX hazard_charge_hazard ON hazard_charge (hazard_id);
CREATE INDEX hazard_charge_department ON hazard_charge (charged_to) WHERE charged_to IS NOT NULL;
CREATE INDEX hazard_charge_due ON hazard_charge (due_on) WHERE due_on IS NOT NULL;

-- 挂牌督办: from listing to 核销, which is the acceptance by the level that listed it.
CREATE TABLE supervision (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  hazard_id INTEGER NOT NULL REFERENCES hazard,
  level TEXT NOT NULL CHECK (level = '镇级' OR level = '县级' OR level = '设区市级' OR level = '省级'),
  document TEXT,
  from_on TEXT NOT NULL CHECK (from_on IS date(from_on, '+0 days')),
  until_on TEXT NOT NULL DEFAULT '9999-12-31' CHECK (until_on = '9999-12-31' OR until_on IS date(until_on, '+0 days')),
  CHECK (from_on <= until_on)
) STRICT;
CREATE INDEX supervision_hazard ON supervision (hazard_id);

CREATE TABLE training (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL UNIQUE,
  town_code TEXT REFERENCES town (code),
  held_on TEXT NOT NULL CHECK (held_on IS date(held_on, '+0 days')),
  kind TEXT NOT NULL CHECK (kind <> ''),
  title TEXT NOT NULL,
  hours INTEGER CHECK (hours >= 0),
  attended INTEGER NOT NULL CHECK (attended >= 0),
  passed INTEGER CHECK (passed >= 0),
  organiser TEXT,
  enterprise_id INTEGER REFERENCES enterprise,
  roster TEXT,                           -- where the list of names lies
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT
) STRICT;
CREATE INDEX training_town ON training (town_code, held_on);

-- 参训网格员: which officers attended.
CREATE TABLE training_officer (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  training_id INTEGER NOT NULL REFERENCES training,
  officer_id INTEGER NOT NULL REFERENCES officer,
  UNIQUE (training_id, officer_id)
) STRICT;
CREATE INDEX training_officer_officer ON training_officer (officer_id);

-- 主体责任村: a village taken into the year's programme.
CREATE TABLE responsible_village (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL UNIQUE,
  year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2199),
  town_code TEXT REFERENCES town (code),
  village_code TEXT NOT NULL REFERENCES village (code),
  agency TEXT,
  enrolled_on TEXT NOT NULL CHECK (enrolled_on IS date(enrolled_on, '+0 days')),
  moved_in_on TEXT CHECK (moved_in_on IS NULL OR moved_in_on IS date(moved_in_on, '+0 days')),
  firms_to_guide INTEGER CHECK (firms_to_guide >= 0),
  accepted_on TEXT CHECK (accepted_on IS NULL OR accepted_on IS date(accepted_on, '+0 days')),
  conclusion TEXT CHECK (conclusion IN ('合格', '不合格')),
  reward INTEGER CHECK (reward >= 0),    -- fen
  paid_on TEXT CHECK (paid_on IS NULL OR paid_on IS date(paid_on, '+0 days')),
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT
) STRICT;
CREATE UNIQUE INDEX responsible_village_year ON responsible_village (year, village_code) WHERE voided_on IS NULL;
CREATE INDEX responsible_village_village ON responsible_village (village_code);
CREATE INDEX responsible_village_town ON responsible_village (town_code);

-- A small enterprise guided in such a village: counts once.
CREATE TABLE guidance (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL UNIQUE,
  responsible_village_id INTEGER NOT NULL REFERENCES responsible_village,
  enterprise_id INTEGER NOT NULL REFERENCES enterprise,
  guided_on TEXT NOT NULL CHECK (guided_on IS date(guided_on, '+0 days')),
  agency TEXT,
  advice TEXT,
  hazards_found INTEGER CHECK (hazards_found >= 0),
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT
) STRICT;
CREATE INDEX guidance_village ON guidance (responsible_village_id);
CREATE INDEX guidance_enterprise ON guidance (enterprise_id);

-- 执法案件. What was revoked in the year it was counted in is taken back on that day; later, it counts in neither year.
CREATE TABLE enforcement_case (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL UNIQUE,
  case_number TEXT NOT NULL,
  party TEXT NOT NULL,
  credit_code TEXT,
  party_kind TEXT CHECK (party_kind IS NULL OR party_kind = '企业' OR party_kind = '个人' OR party_kind = '无'),
  enterprise_id INTEGER REFERENCES enterprise,
  town_code TEXT REFERENCES town (code),
  department TEXT REFERENCES department (number), -- 立案单位
  violation TEXT CHECK (violation <> ''),
  cause TEXT NOT NULL,
  filed_on TEXT NOT NULL CHECK (filed_on IS date(filed_on, '+0 days')),
  decided_on TEXT CHECK (decided_on IS NULL OR decided_on IS date(decided_on, '+0 days')),
  document TEXT,
  basis TEXT,
  fine INTEGER CHECK (fine >= 0),        -- fen
  collected_on TEXT CHECK (collected_on IS NULL OR collected_on IS date(collected_on, '+0 days')),
  accident TEXT NOT NULL CHECK (accident IN ('是', '否')),
  joint TEXT NOT NULL CHECK (joint IN ('是', '否')),
  referred INTEGER CHECK (referred >= 0), -- persons whose criminal liability was proposed
  referred_on TEXT CHECK (referred_on IS NULL OR referred_on IS date(referred_on, '+0 days')),
  revoked_on TEXT CHECK (revoked_on IS NULL OR revoked_on IS date(revoked_on, '+0 days')),
  revoke_reason TEXT,
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT,
  CHECK ((enterprise_id IS NOT NULL) = (party_kind IS '企业'))
) STRICT;
CREATE UNIQUE INDEX enforcement_case_number ON enforcement_case (case_number) WHERE voided_on IS NULL;
CREATE INDEX enforcement_case_town ON enforcement_case (town_code);
CREATE INDEX enforcement_case_department ON enforcement_case (department) WHERE department IS NOT NULL;
CREATE INDEX enforcement_case_enterprise ON enforcement_case (enterprise_id) WHERE enterprise_id IS NOT NULL;

CREATE TABLE accident (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  happened_on TEXT NOT NULL CHECK (happened_on IS date(happened_on, '+0 days')),
  town_code TEXT REFERENCES town (code),
  party_kind TEXT CHECK (party_kind IS NULL OR party_kind = '企业' OR party_kind = '个人' OR party_kind = '无'),
  enterprise_id INTEGER REFERENCES enterprise,
  sector TEXT NOT NULL CHECK (sector <> ''),
  production TEXT NOT NULL DEFAULT '是' CHECK (production IN ('是', '否')),
  light INTEGER CHECK (light >= 0),
  missing INTEGER CHECK (missing >= 0),
  amend_by TEXT CHECK (amend_by IS NULL OR amend_by IS date(amend_by, '+0 days')), -- the last day on which casualties may be corrected, by rule
  written_off_on TEXT CHECK (written_off_on IS NULL OR written_off_on IS date(written_off_on, '+0 days')),
  write_off_reason TEXT,
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT,
  CHECK ((enterprise_id IS NOT NULL) = (party_kind IS '企业'))
) STRICT;
CREATE INDEX accident_name ON accident (name, happened_on);
CREATE INDEX accident_town ON accident (town_code);
CREATE INDEX accident_enterprise ON accident (enterprise_id) WHERE enterprise_id IS NOT NULL;

-- What was known of an accident's casualties from a day on: first what was reported, then what was corrected. By rule
-- (rules/accident.py) the grade, and what each row adds to the figures of its year: the change against the row before,
-- less what was taken back in a later year.
CREATE TABLE casualties (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  accident_id INTEGER NOT NULL REFERENCES accident,
  known_on TEXT NOT NULL CHECK (known_on IS date(known_on, '+0 days')),
  deaths INTEGER NOT NULL CHECK (deaths >= 0),
  serious INTEGER NOT NULL CHECK (serious >= 0),
  loss INTEGER CHECK (loss >= 0),        -- fen
  grade TEXT CHECK (grade = '一般' OR grade = '较大' OR grade = '重大' OR grade = '特别重大'),
  deaths_change INTEGER NOT NULL DEFAULT 0,
  serious_change INTEGER NOT NULL DEFAULT 0,
  larger_change INTEGER NOT NULL DEFAULT 0  -- 1 where it became an accident of grade 较大 or above, -1 where it ceased to
) STRICT;
CREATE INDEX casualties_accident ON casualties (accident_id);

-- 报送: a report of a month, of a town or of a department. due_on: the last day on which it is in time.
CREATE TABLE filing (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL UNIQUE,
  town_code TEXT REFERENCES town (code),
  department TEXT REFERENCES department (number),
  month TEXT NOT NULL CHECK (month || '-01' IS date(month || '-01', '+0 days')),
  filed_on TEXT NOT NULL CHECK (filed_on IS date(filed_on, '+0 days')),
  due_on TEXT NOT NULL CHECK (due_on IS date(due_on, '+0 days')),
  method TEXT NOT NULL,
  nil TEXT NOT NULL CHECK (nil IN ('是', '否')),
  nil_for TEXT,
  returned_on TEXT CHECK (returned_on IS NULL OR returned_on IS date(returned_on, '+0 days')),
  refiled_on TEXT CHECK (refiled_on IS NULL OR refiled_on IS date(refiled_on, '+0 days')),
  filer TEXT,
  reviewer TEXT,
  confirmed_on TEXT CHECK (confirmed_on IS NULL OR confirmed_on IS date(confirmed_on, '+0 days')), -- the town agreed with its figures
  confirmed_by TEXT,
  confirmed_how TEXT,
  confirmed_figures TEXT,                -- SHA-256 of the figures it agreed with: tells whether they are still the same
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT,
  CHECK ((town_code IS NULL) <> (department IS NULL)),
  CHECK ((confirmed_on IS NULL) = (confirmed_by IS NULL) AND (confirmed_on IS NULL) = (confirmed_how IS NULL)
         AND (confirmed_on IS NULL) = (confirmed_figures IS NULL))
) STRICT;
CREATE UNIQUE INDEX filing_month ON filing (town_code, month) WHERE voided_on IS NULL;
CREATE UNIQUE INDEX filing_department ON filing (department, month) WHERE voided_on IS NULL AND department IS NOT NULL;

-- What the town itself says its figures are, to be compared with the ledger's.
CREATE TABLE filed_figure (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  filing_id INTEGER NOT NULL REFERENCES filing,
  indicator TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  UNIQUE (filing_id, indicator)
) STRICT;

-- 补差计划: what a unit that lags answers to the bulletin of a month; what it means to come up with by the next one, by indicator.
CREATE TABLE catch_up (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL UNIQUE,
  town_code TEXT REFERENCES town (code),
  department TEXT REFERENCES department (number),
  month TEXT NOT NULL CHECK (month || '-01' IS date(month || '-01', '+0 days')),
  filed_on TEXT NOT NULL CHECK (filed_on IS date(filed_on, '+0 days')),
  plan TEXT NOT NULL,
  responsible TEXT,
  document TEXT,
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT,
  CHECK ((town_code IS NULL) <> (department IS NULL))
) STRICT;
CREATE UNIQUE INDEX catch_up_month ON catch_up (COALESCE(town_code, ''), COALESCE(department, ''), month) WHERE voided_on IS NULL;
CREATE INDEX catch_up_town ON catch_up (town_code);
CREATE INDEX catch_up_department ON catch_up (department) WHERE department IS NOT NULL;

CREATE TABLE catch_up_figure (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  catch_up_id INTEGER NOT NULL REFERENCES catch_up,
  indicator TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity >= 0),
  UNIQUE (catch_up_id, indicator)
) STRICT;

-- 统计数: what is published by others (生产总值, 从业人员), the denominators of death rates. town_code NULL = the county.
CREATE TABLE statistic (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('生产总值', '从业人员')),
  town_code TEXT REFERENCES town (code),
  from_on TEXT NOT NULL CHECK (from_on IS date(from_on, '+0 days')),             -- the day up to which it counts: of the year to date
  quantity INTEGER NOT NULL CHECK (quantity > 0), -- fen, or persons
  source TEXT NOT NULL,
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT
) STRICT;
CREATE UNIQUE INDEX statistic_day ON statistic (kind, COALESCE(town_code, ''), from_on) WHERE voided_on IS NULL;
CREATE INDEX statistic_town ON statistic (town_code);

-- 考核办法: what is asked from a day on, taken from a file as a whole, until the next one. What its columns mean is said
-- where `shipped_indicator` is.
CREATE TABLE scheme (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  title TEXT NOT NULL,
  document TEXT,
  from_on TEXT NOT NULL CHECK (from_on IS date(from_on, '+0 days')),
  total TEXT CHECK (total IS NULL OR total = '百分制' OR total = '不计分'),          -- 总分; NULL: 平均完成率
  assessed TEXT CHECK (assessed IS NULL OR assessed = '半年' OR assessed = '季'),   -- 考核期; NULL: 年
  missing TEXT CHECK (missing IS NULL OR missing = '折算' OR missing = '满分' OR missing = '零分'), -- 缺项; NULL: 不计
  grades TEXT,                           -- 等次, as it is typed: 优秀=90、良好=80
  purpose TEXT CHECK (purpose = '上级'),  -- 为上级采用: what it asks is counted for the unit above, and ranks nobody here
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT
) STRICT;
CREATE UNIQUE INDEX scheme_day ON scheme (from_on) WHERE voided_on IS NULL AND purpose IS NULL;
CREATE UNIQUE INDEX scheme_name ON scheme (name) WHERE voided_on IS NULL;

CREATE TABLE scheme_category (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  scheme_id INTEGER NOT NULL REFERENCES scheme,
  code TEXT NOT NULL,                    -- 编号: the id by which targets, places and later schemes know it
  title TEXT NOT NULL,
  position INTEGER NOT NULL,
  scored INTEGER NOT NULL CHECK (scored IN (0, 1)),
  weight TEXT NOT NULL,                  -- a fraction
  full_marks TEXT,                       -- 满分 and what stands below: fractions
  bonus_cap TEXT,                        -- 加分上限
  deduction_cap TEXT,                    -- 减分上限
  conversion TEXT,                       -- 折算: so much of its points enters the total
  missing TEXT CHECK (missing IS NULL OR missing = '不计' OR missing = '折算' OR missing = '满分' OR missing = '零分'), -- NULL: as the scheme says
  UNIQUE (scheme_id, code),
  UNIQUE (scheme_id, title)
) STRICT;

-- Items of a category that have full marks together (组).
CREATE TABLE scheme_group (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  scheme_id INTEGER NOT NULL REFERENCES scheme,
  code TEXT NOT NULL,
  category TEXT NOT NULL,
  title TEXT NOT NULL,
  full_marks TEXT NOT NULL,              -- a fraction
  position INTEGER NOT NULL,
  UNIQUE (scheme_id, code)
) STRICT;

CREATE TABLE scheme_indicator (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  scheme_id INTEGER NOT NULL REFERENCES scheme,
  code TEXT NOT NULL,
  category TEXT NOT NULL,
  short TEXT NOT NULL,
  title TEXT NOT NULL,
  unit TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind = 'sum' OR kind = 'distinct' OR kind = 'counted' OR kind = 'today' OR kind = 'mark'),
  ranked INTEGER NOT NULL CHECK (ranked IN (0, 1)),
  against TEXT,
  counts TEXT,
  measure TEXT,
  position INTEGER NOT NULL,
  carried TEXT,
  apart TEXT,
  direction TEXT NOT NULL CHECK (direction = 'more' OR direction = 'less'),
  group_code TEXT,                       -- 组
  form TEXT CHECK (form IS NULL OR form = '按率' OR form = '按档' OR form = '扣分' OR form = '加分' OR form = '评分' OR form = '否决' OR form = '后果'),
  full_marks TEXT,                       -- 满分: a fraction
  scoring TEXT,                          -- 计分细则, in one way only (rules/scoring.py): 应有=每季1次；每少=1；扣=1
  missing TEXT CHECK (missing IS NULL OR missing = '不计' OR missing = '折算' OR missing = '满分' OR missing = '零分'), -- NULL: as its category says
  standard TEXT,                         -- 评分标准: the office's own sentence
  proof TEXT,                            -- 验证方式
  units TEXT,                            -- 考核单位: for which kinds of units it holds; NULL: for towns
  UNIQUE (scheme_id, code),
  UNIQUE (scheme_id, short),
  CHECK (ranked = 0 OR against IS NOT NULL),
  CHECK ((kind = 'sum') = (measure IS NOT NULL))
) STRICT;
CREATE INDEX scheme_indicator_code ON scheme_indicator (code);

-- What an indicator counts beside its own measure: others that it adds (sign 1) or takes off (-1), and those of one word
-- of a dimension each (按词), which have points of their own.
CREATE TABLE scheme_part (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  scheme_id INTEGER NOT NULL REFERENCES scheme,
  indicator TEXT NOT NULL,
  position INTEGER NOT NULL,
  measure TEXT NOT NULL,
  sign INTEGER NOT NULL CHECK (sign IN (-1, 0, 1)),   -- 0: it stands for a word
  word TEXT,
  UNIQUE (scheme_id, indicator, position),
  CHECK ((sign = 0) = (word IS NOT NULL))
) STRICT;

-- 工作项: what a unit did on a day, of a kind of the office's own (应急演练, 督查, 表彰), and how often.
CREATE TABLE work_item (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  town_code TEXT REFERENCES town (code),
  department TEXT REFERENCES department (number),
  done_on TEXT NOT NULL CHECK (done_on IS date(done_on, '+0 days')),
  title TEXT,
  level TEXT,
  times INTEGER NOT NULL CHECK (times > 0),
  campaign TEXT,
  document TEXT,
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT
) STRICT;
CREATE INDEX work_item_town ON work_item (town_code);
CREATE INDEX work_item_department ON work_item (department) WHERE department IS NOT NULL;

-- 上报数: what a unit says that something comes to in a month; the program counts no records of it.
CREATE TABLE monthly_figure (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  town_code TEXT REFERENCES town (code),
  department TEXT REFERENCES department (number),
  month TEXT NOT NULL CHECK (month || '-01' IS date(month || '-01', '+0 days')),
  quantity INTEGER NOT NULL CHECK (quantity >= 0),
  source TEXT,
  remark TEXT,
  from_on TEXT CHECK (from_on IS NULL OR from_on IS date(from_on, '+0 days')),    -- its month's last day
  until_on TEXT CHECK (until_on IS NULL OR until_on IS date(until_on, '+0 days')), -- the next month's: what stands is told each month
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT
) STRICT;
CREATE UNIQUE INDEX monthly_figure_month ON monthly_figure (kind, COALESCE(town_code, ''), COALESCE(department, ''), month)
  WHERE voided_on IS NULL;
CREATE INDEX monthly_figure_town ON monthly_figure (town_code);
CREATE INDEX monthly_figure_department ON monthly_figure (department) WHERE department IS NOT NULL;

-- 评分: points that somebody gives a unit in an indicator of that form; those of one unit, indicator and 考核期 add up.
CREATE TABLE mark (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL UNIQUE,
  indicator TEXT NOT NULL,
  town_code TEXT REFERENCES town (code),
  department TEXT REFERENCES department (number),
  month TEXT NOT NULL CHECK (month || '-01' IS date(month || '-01', '+0 days')),  -- of which month it is
  marked_on TEXT NOT NULL CHECK (marked_on IS date(marked_on, '+0 days')),
  points TEXT,                           -- a decimal, below 0 where points are taken off; NULL: 不涉及
  reason TEXT,
  marker TEXT,                           -- 评分单位
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT,
  CHECK ((town_code IS NULL) <> (department IS NULL))
) STRICT;
CREATE INDEX mark_town ON mark (town_code);
CREATE INDEX mark_department ON mark (department) WHERE department IS NOT NULL;

-- 否决解除: a veto (一票否决) of a unit that was lifted on appeal, from a day on, for what happened up to it.
CREATE TABLE veto_lifting (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL UNIQUE,
  indicator TEXT NOT NULL,
  town_code TEXT REFERENCES town (code),
  department TEXT REFERENCES department (number),
  lifted_on TEXT NOT NULL CHECK (lifted_on IS date(lifted_on, '+0 days')),
  document TEXT NOT NULL,
  reason TEXT,
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT,
  CHECK ((town_code IS NULL) <> (department IS NULL))
) STRICT;
CREATE INDEX veto_lifting_town ON veto_lifting (town_code);
CREATE INDEX veto_lifting_department ON veto_lifting (department) WHERE department IS NOT NULL;
CREATE UNIQUE INDEX veto_lifting_day ON veto_lifting (indicator, COALESCE(town_code, ''), COALESCE(department, ''), lifted_on) WHERE voided_on IS NULL;

-- 年度任务, of a town or a department; of neither = the county's own task from above; quantity NULL = withdrawn from from_on.
CREATE TABLE target (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL UNIQUE,
  year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2199),
  indicator TEXT NOT NULL,
  town_code TEXT REFERENCES town (code),
  department TEXT REFERENCES department (number),
  quantity INTEGER CHECK (quantity >= 0),
  document TEXT NOT NULL,
  from_on TEXT NOT NULL CHECK (from_on IS date(from_on, '+0 days')),
  until_on TEXT NOT NULL DEFAULT '9999-12-31' CHECK (until_on = '9999-12-31' OR until_on IS date(until_on, '+0 days')),
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT,
  CHECK (from_on < until_on),
  CHECK (town_code IS NULL OR department IS NULL)
) STRICT;
CREATE UNIQUE INDEX target_day ON target (indicator, COALESCE(town_code, ''), COALESCE(department, ''), year, from_on) WHERE voided_on IS NULL;
CREATE INDEX target_department ON target (department) WHERE department IS NOT NULL;

-- 期初数: a total known without its records. For a flow: what happened from period_from to from_on (both
-- included), counted on from_on. For a stock: what held on from_on, until until_on.
CREATE TABLE opening_figure (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL UNIQUE,
  indicator TEXT NOT NULL,
  town_code TEXT REFERENCES town (code),
  from_on TEXT NOT NULL CHECK (from_on IS date(from_on, '+0 days')),
  until_on TEXT NOT NULL DEFAULT '9999-12-31' CHECK (until_on = '9999-12-31' OR until_on IS date(until_on, '+0 days')),
  period_from TEXT CHECK (period_from IS NULL OR period_from IS date(period_from, '+0 days')),   -- flows only
  cumulative INTEGER NOT NULL,           -- as typed: since 1 January (flow) or on the day (stock)
  quantity INTEGER NOT NULL,             -- what is counted: less the totals before it, less what was written down
  written_down INTEGER NOT NULL DEFAULT 0 CHECK (written_down >= 0),
  unsettled INTEGER CHECK (unsettled = 1),  -- 1: of no town, what no town bears (未定镇街); NULL, of no town: all (全市)
  last_rank INTEGER CHECK (last_rank > 0),
  source TEXT NOT NULL,
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT,
  CHECK (from_on < until_on),
  CHECK (period_from <= from_on)
) STRICT;
CREATE UNIQUE INDEX opening_figure_day ON opening_figure (indicator, COALESCE(town_code, ''), from_on)
  WHERE voided_on IS NULL;

-- A month whose figures were locked (定稿), then issued (印发), and perhaps withdrawn again (撤回): a row that was withdrawn
-- stays beside the one that is locked anew. Whoever asks for the months that hold leaves out withdrawn_on.
CREATE TABLE issued_month (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL GENERATED ALWAYS AS (month) VIRTUAL,
  month TEXT NOT NULL CHECK (month || '-01' IS date(month || '-01', '+0 days')),
  as_of TEXT NOT NULL CHECK (as_of IS date(as_of, '+0 days')),
  closed_on TEXT NOT NULL CHECK (closed_on IS date(closed_on, '+0 days')),
  head INTEGER NOT NULL REFERENCES operation,   -- the last operation whose facts are in it
  head_hash TEXT NOT NULL,
  definition TEXT NOT NULL,              -- SHA-256 of the indicators' definition in force
  program_version TEXT NOT NULL,
  bulletin TEXT NOT NULL,                -- the bulletin as a JSON value: printed again from here
  issued_on TEXT CHECK (issued_on IS NULL OR issued_on IS date(issued_on, '+0 days')),
  document_number TEXT,
  withdrawn_on TEXT CHECK (withdrawn_on IS NULL OR withdrawn_on IS date(withdrawn_on, '+0 days')),
  withdraw_reason TEXT,
  CHECK ((issued_on IS NULL) = (document_number IS NULL)),
  CHECK ((withdrawn_on IS NULL) = (withdraw_reason IS NULL)),
  CHECK (withdrawn_on IS NULL OR issued_on IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX issued_month_month ON issued_month (month) WHERE withdrawn_on IS NULL;

CREATE TABLE month_cell (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  issued_month_id INTEGER NOT NULL REFERENCES issued_month,
  indicator TEXT NOT NULL,
  town_code TEXT NOT NULL,               -- '' = 未定镇街
  done INTEGER NOT NULL,
  this_month INTEGER,                    -- NULL = not known
  target INTEGER,
  rank INTEGER
) STRICT;
CREATE INDEX month_cell_month ON month_cell (issued_month_id);

-- What a locked month's figure would have been, had it been counted as this version counts: written by an upgrade, for
-- the cells where it is another. Told as 口径变化, never as 更正.
CREATE TABLE month_recount (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  issued_month_id INTEGER NOT NULL REFERENCES issued_month,
  indicator TEXT NOT NULL,
  town_code TEXT NOT NULL,               -- '' = 未定镇街
  done INTEGER                           -- NULL = not known
) STRICT;
CREATE INDEX month_recount_month ON month_recount (issued_month_id);

-- The clerk's own words in a month's letter: a section of it, a paragraph a line. Empty = taken out again.
CREATE TABLE month_text (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL GENERATED ALWAYS AS (month || '-' || section) VIRTUAL,
  month TEXT NOT NULL CHECK (month || '-01' IS date(month || '-01', '+0 days')),
  section INTEGER NOT NULL CHECK (section BETWEEN 1 AND 4),
  text TEXT NOT NULL,
  UNIQUE (month, section)
) STRICT;

-- 报出包: a package (报送包) that this ledger has made of a month for the unit above. `content` is the SHA-256 of what it
-- carries: who makes the same once more gets the same number (serial) again. operation: the last one that it knows of.
CREATE TABLE sent_package (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  month TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]'),
  serial INTEGER NOT NULL CHECK (serial > 0),
  content TEXT NOT NULL CHECK (length(content) = 64),
  manifest TEXT NOT NULL CHECK (length(manifest) = 64),
  operation INTEGER NOT NULL,
  issued INTEGER NOT NULL CHECK (issued IN (0, 1)),
  key TEXT NOT NULL CHECK (length(key) = 64),
  UNIQUE (month, serial)
) STRICT;

-- 报送台账: a ledger of a county that may deliver, with the public key (Ed25519, hexadecimal) it signs by, from a day until
-- another. replaced_by: the ledger that carries on what this one held, so that what this one delivered counts no more; of
-- one that merely ended it does.
CREATE TABLE reporting_ledger (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  number TEXT NOT NULL UNIQUE,
  town_code TEXT NOT NULL REFERENCES town (code),
  ledger_id TEXT NOT NULL CHECK (length(ledger_id) = 32),
  key TEXT NOT NULL CHECK (length(key) = 64),
  from_on TEXT NOT NULL CHECK (from_on IS date(from_on, '+0 days')),
  until_on TEXT CHECK (until_on IS NULL OR until_on IS date(until_on, '+0 days')),
  replaced_by TEXT CHECK (length(replaced_by) = 32),
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS NULL OR voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT
) STRICT;
CREATE UNIQUE INDEX reporting_ledger_id ON reporting_ledger (ledger_id) WHERE voided_on IS NULL;
CREATE INDEX reporting_ledger_town ON reporting_ledger (town_code);

-- What was received of it. definition (JSON): by fact the digest of what it means to the county, and the measures it counts.
-- cells: SHA-256 of the figures that the county had issued, NULL of a month that it had not.
CREATE TABLE received_package (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  reporting_ledger_id INTEGER NOT NULL REFERENCES reporting_ledger,
  month TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]'),
  serial INTEGER NOT NULL CHECK (serial > 0),
  content TEXT NOT NULL CHECK (length(content) = 64),
  manifest TEXT NOT NULL CHECK (length(manifest) = 64),
  made_at TEXT NOT NULL,
  head_hash TEXT NOT NULL CHECK (length(head_hash) = 64),
  operation INTEGER NOT NULL,
  issued INTEGER NOT NULL CHECK (issued IN (0, 1)),
  cells TEXT CHECK (length(cells) = 64),
  program TEXT NOT NULL,
  definition TEXT NOT NULL,
  UNIQUE (reporting_ledger_id, month, serial)
) STRICT;

-- The county's own units, as it told them last.
CREATE TABLE delivered_unit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  reporting_ledger_id INTEGER NOT NULL REFERENCES reporting_ledger,
  unit TEXT NOT NULL CHECK (unit <> ''),
  name TEXT NOT NULL,
  UNIQUE (reporting_ledger_id, unit)
) STRICT;

-- What came and what went in a month, by measure and unit of the county ('' of none), as it was told last. Of what is
-- counted once each the measure is `distinct(…)` of those it is counted over. ends_on: the month's last day.
CREATE TABLE delivered_sum (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  reporting_ledger_id INTEGER NOT NULL REFERENCES reporting_ledger,
  unit TEXT NOT NULL,
  measure TEXT NOT NULL CHECK (measure <> ''),
  ends_on TEXT NOT NULL CHECK (ends_on IS date(ends_on, '+0 days')),
  came INTEGER NOT NULL,
  went INTEGER NOT NULL,
  UNIQUE (reporting_ledger_id, ends_on, measure, unit)
) STRICT;

-- The opening figures that the sums rest on, so that the unit above knows what cannot be told by month.
CREATE TABLE delivered_opening (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_check INTEGER,
  reporting_ledger_id INTEGER NOT NULL REFERENCES reporting_ledger,
  unit TEXT NOT NULL,
  measure TEXT NOT NULL CHECK (measure <> ''),
  from_on TEXT NOT NULL CHECK (from_on IS date(from_on, '+0 days')),
  until_on TEXT NOT NULL CHECK (until_on = '9999-12-31' OR until_on IS date(until_on, '+0 days')),
  period_from TEXT CHECK (period_from IS NULL OR period_from IS date(period_from, '+0 days')),
  quantity INTEGER NOT NULL,
  UNIQUE (reporting_ledger_id, measure, unit, from_on)
) STRICT;


------------------------------------------------------------------------------------------- listings

-- One view a record type, with the names of its fields: what `list`, `show` and `export` read. What is kept by
-- date stands there as it is last known.

CREATE VIEW setting_listing AS
SELECT id, number, name, value, CASE from_on WHEN '0001-01-01' THEN '最初' ELSE from_on END AS from_on,
       NULLIF(until_on, '9999-12-31') AS until_on, NULL AS town_code, voided_on, void_reason
  FROM setting;

CREATE VIEW term_listing AS
SELECT id, number, list, word, means, NULLIF(from_on, '0001-01-01') AS from_on,
       NULLIF(until_on, '9999-12-31') AS until_on, position, remark, NULL AS town_code, voided_on, void_reason
  FROM term;

CREATE VIEW town_listing AS
SELECT id, number, code, name, short_name, kind, position, NULLIF(from_on, '0001-01-01') AS from_on,
       NULLIF(until_on, '9999-12-31') AS until_on, merged_into, city, province, code AS town_code, voided_on, void_reason
  FROM town;

CREATE VIEW village_listing AS
SELECT v.id, v.number, v.code, v.name, t.name AS town, NULLIF(v.from_on, '0001-01-01') AS from_on,
       NULLIF(v.until_on, '9999-12-31') AS until_on, v.merged_into, v.town_code, v.voided_on, v.void_reason
  FROM village v JOIN town t ON t.code = v.town_code;

CREATE VIEW enterprise_listing AS
SELECT e.id, e.number, t.name AS town, e.name, e.credit_code, e.registration_number, e.no_code_reason, v.name AS village,
       e.registered_address, e.operating_address, e.industry_code, e.industry_name, e.size,
       (SELECT group_concat(kind, '、') FROM enterprise_risk k WHERE k.enterprise_id = e.id) AS risks,
       e.employees, e.principal, e.safety_officer, e.phone, e.grid_officer,
       COALESCE((SELECT state FROM operating_state s WHERE s.enterprise_id = e.id AND s.until_on = '9999-12-31'), '在营') AS state,
       (SELECT grade FROM risk_grade g WHERE g.enterprise_id = e.id AND g.until_on = '9999-12-31' AND g.voided_on IS NULL) AS risk_grade, e.registered_on, e.remark, r.town_code, e.voided_on, e.void_reason
  FROM enterprise e
  JOIN residence r ON r.enterprise_id = e.id AND r.until_on = '9999-12-31'
  LEFT JOIN town t ON t.code = r.town_code
  LEFT JOIN village v ON v.code = r.village_code;

CREATE VIEW hazard_listing AS
SELECT h.id, h.number, t.name AS town, e.name AS enterprise, e.credit_code, h.found_on, h.source, h.level, h.description,
       h.deadline_on, b.name AS found_by, a.name AS charged_to, g.from_on AS handed_over_on, g.document AS handed_over_by, g.due_on AS answer_due_on, g.answered_on, g.answer, h.category, h.basis, h.document, h.responsible, h.measures, h.funds, h.contingency_plan, h.reported_on,
       s.level AS supervision_level, s.document AS supervision_document, s.from_on AS supervised_on,
       x.deadline_on AS extended_to, x.from_on AS extended_on, x.reason AS extension_reason,
       x.approved_by AS extension_unit, x.document AS extension_document,
       r.rectified_on, r.accepted_on, r.accepted_unit, r.accepted_by, r.conclusion, r.failure_reason, h.remark,
       d.deadline_on AS deadline_in_force,
       CASE WHEN h.voided_on IS NOT NULL THEN '已作废' WHEN d.ended_by = '验收' THEN '已销号'
            WHEN r.id IS NOT NULL AND r.conclusion IS NULL THEN '待验收' ELSE '待整改' END AS stage,
       h.town_code, h.voided_on, h.void_reason
  FROM hazard h
  JOIN enterprise e ON e.id = h.enterprise_id
  LEFT JOIN town t ON t.code = h.town_code
  LEFT JOIN department b ON b.number = h.found_by
  LEFT JOIN hazard_charge g ON g.id = (SELECT max(id) FROM hazard_charge WHERE hazard_id = h.id)
  LEFT JOIN department a ON a.number = CASE WHEN g.id IS NULL THEN h.charged_to ELSE g.charged_to END
  LEFT JOIN hazard_deadline d ON d.id = (SELECT max(id) FROM hazard_deadline WHERE hazard_id = h.id)
  LEFT JOIN rectification r ON r.id = (SELECT max(id) FROM rectification WHERE hazard_id = h.id)
  LEFT JOIN supervision s ON s.id = (SELECT max(id) FROM supervision WHERE hazard_id = h.id)
  LEFT JOIN hazard_deadline x ON x.id = (SELECT max(id) FROM hazard_deadline n WHERE n.hazard_id = h.id
       AND (SELECT ended_by FROM hazard_deadline WHERE hazard_id = n.hazard_id AND id < n.id ORDER BY id DESC LIMIT 1) = '延期');

CREATE VIEW trusteeship_listing AS
SELECT c.id, c.number, t.name AS town, e.name AS enterprise, e.credit_code, c.agency, c.kind, c.contract_number, c.from_on,
       c.last_on, c.yearly_fee, c.payer, c.visits_per_year, c.ended_on, c.end_reason, c.remark, r.town_code,
       c.voided_on, c.void_reason
  FROM trusteeship c
  JOIN enterprise e ON e.id = c.enterprise_id
  JOIN residence r ON r.enterprise_id = c.enterprise_id AND r.until_on = '9999-12-31'
  LEFT JOIN town t ON t.code = r.town_code;

CREATE VIEW training_listing AS
SELECT r.id, r.number, t.name AS town, r.held_on, r.kind, r.title, r.hours, r.attended, r.passed, r.organiser,
       e.name AS enterprise, r.roster,
       (SELECT group_concat(o.name, '、') FROM training_officer x JOIN officer o ON o.id = x.officer_id WHERE x.training_id = r.id) AS officers,
       r.remark, r.town_code, r.voided_on, r.void_reason
  FROM training r LEFT JOIN town t ON t.code = r.town_code LEFT JOIN enterprise e ON e.id = r.enterprise_id;

CREATE VIEW target_listing AS
SELECT g.id, g.number, g.year, i.short AS indicator, CASE WHEN g.department IS NULL THEN COALESCE(t.name, '全市') END AS town, d.name AS department, g.quantity, g.document, g.from_on,
       NULLIF(g.until_on, '9999-12-31') AS until_on, g.remark, g.town_code, g.voided_on, g.void_reason,
       CASE i.direction WHEN 'less' THEN '控制数' ELSE '任务' END AS nature
  FROM target g JOIN indicator i ON i.id = g.indicator LEFT JOIN town t ON t.code = g.town_code
  LEFT JOIN department d ON d.number = g.department;

CREATE VIEW opening_figure_listing AS
SELECT o.id, o.number, i.short AS indicator,
       COALESCE(t.name, CASE WHEN o.unsettled = 1 THEN '未定镇街' ELSE '全市' END) AS town, o.from_on,
       CASE WHEN i.unit <> '分' THEN CAST(o.cumulative AS TEXT)
            WHEN o.cumulative % 100 = 0 THEN (o.cumulative / 100) || '元'
            ELSE printf('%d.%02d元', o.cumulative / 100, o.cumulative % 100) END AS cumulative,
       o.source, o.last_rank, o.remark, o.quantity, o.written_down, o.town_code, o.voided_on, o.void_reason
  FROM opening_figure o JOIN indicator i ON i.id = o.indicator LEFT JOIN town t ON t.code = o.town_code;

CREATE VIEW agency_listing AS
SELECT a.id, a.number, a.name, a.credit_code, a.qualification, a.contact, a.phone,
       (SELECT count(*) FROM trusteeship c WHERE c.agency = a.name AND c.voided_on IS NULL) AS contracts,
       (SELECT count(*) FROM visit v WHERE v.agency = a.name AND v.voided_on IS NULL) AS visits,
       a.remark, NULL AS town_code, a.voided_on, a.void_reason
  FROM agency a;

CREATE VIEW department_listing AS
SELECT d.id, d.number, d.name, d.short_name, d.duty,
       (SELECT group_concat(word, '、') FROM department_sector s WHERE s.department_id = d.id AND s.kind = '行业') AS industries,
       (SELECT group_concat(word, '、') FROM department_sector s WHERE s.department_id = d.id AND s.kind = '风险') AS risks, d.contact, d.phone, d.position, d.from_on, d.until_on, n.name AS merged_into,
       d.remark, NULL AS town_code, d.voided_on, d.void_reason
  FROM department d LEFT JOIN department n ON n.number = d.merged_into;

CREATE VIEW officer_listing AS
SELECT o.id, o.number, t.name AS town, v.name AS village, o.name, o.grid, o.phone, o.from_on, o.until_on, o.remark,
       o.town_code, o.voided_on, o.void_reason
  FROM officer o JOIN town t ON t.code = o.town_code LEFT JOIN village v ON v.code = o.village_code;

CREATE VIEW standardization_listing AS
SELECT s.id, s.number, t.name AS town, e.name AS enterprise, e.credit_code, s.grade, s.kind, s.agency, s.begun_on,
       s.consulted_on, s.self_assessed_on, s.applied_on, s.reviewed_on, s.review_score, s.reviewed_by, s.announced_on,
       s.announcement, s.certificate_number, date(s.expires_on, '-1 day') AS last_valid_on, s.abandoned_on, s.revoked_on,
       s.excused_on, s.excuse, s.remark,
       CASE WHEN s.revoked_on IS NOT NULL THEN '已撤销' WHEN s.announced_on IS NOT NULL THEN '已公告'
            WHEN s.abandoned_on IS NOT NULL THEN '已中止' WHEN s.reviewed_on IS NOT NULL THEN '评审'
            WHEN s.applied_on IS NOT NULL THEN '申请' WHEN s.self_assessed_on IS NOT NULL THEN '自评'
            WHEN s.consulted_on IS NOT NULL THEN '咨询' ELSE '启动' END AS stage,
       r.town_code, s.voided_on, s.void_reason
  FROM standardization s
  JOIN enterprise e ON e.id = s.enterprise_id
  JOIN residence r ON r.enterprise_id = s.enterprise_id AND r.until_on = '9999-12-31'
  LEFT JOIN town t ON t.code = r.town_code;

CREATE VIEW programme_listing AS
SELECT p.id, p.number, t.name AS town, e.name AS enterprise, e.credit_code, p.action, p.kind, p.enrolled_on, p.reason,
       p.inspected_on, p.diagnosed_on, p.agency, p.planned_on, p.rectified_on, p.accepted_on, p.accepted_unit,
       p.conclusion, p.outcome, p.outcome_on, p.excused_on, p.excuse, p.remark, r.town_code, p.voided_on, p.void_reason
  FROM programme p
  JOIN enterprise e ON e.id = p.enterprise_id
  JOIN residence r ON r.enterprise_id = p.enterprise_id AND r.until_on = '9999-12-31'
  LEFT JOIN town t ON t.code = r.town_code;

CREATE VIEW visit_listing AS
SELECT v.id, v.number, t.name AS town, e.name AS enterprise, e.credit_code, v.agency, v.kind, v.visited_on, v.visitor,
       v.hazards_found, v.hazards_closed, v.report_number, v.remark, r.town_code, v.voided_on, v.void_reason
  FROM visit v
  JOIN enterprise e ON e.id = v.enterprise_id
  JOIN residence r ON r.enterprise_id = v.enterprise_id AND r.until_on = '9999-12-31'
  LEFT JOIN town t ON t.code = r.town_code;

CREATE VIEW exposure_listing AS
SELECT x.id, x.number, t.name AS town, e.name AS enterprise, e.credit_code, x.level, x.factors, x.from_on, x.ended_on,
       x.end_reason, x.remark, r.town_code, x.voided_on, x.void_reason
  FROM exposure x
  JOIN enterprise e ON e.id = x.enterprise_id
  JOIN residence r ON r.enterprise_id = x.enterprise_id AND r.until_on = '9999-12-31'
  LEFT JOIN town t ON t.code = r.town_code;

CREATE VIEW health_test_listing AS
SELECT h.id, h.number, t.name AS town, e.name AS enterprise, e.credit_code, h.agency, h.sampled_on, h.reported_on,
       h.report_number, h.kind, h.points, h.points_over, h.factors, h.remedied_on, h.retested_on, h.remark,
       r.town_code, h.voided_on, h.void_reason
  FROM health_test h
  JOIN enterprise e ON e.id = h.enterprise_id
  JOIN residence r ON r.enterprise_id = h.enterprise_id AND r.until_on = '9999-12-31'
  LEFT JOIN town t ON t.code = r.town_code;

CREATE VIEW device_listing AS
SELECT d.id, d.number, t.name AS town, e.name AS enterprise, e.credit_code, d.installed_on, d.sets, d.provider,
       d.removed_on, d.remark, r.town_code, d.voided_on, d.void_reason
  FROM device d
  JOIN enterprise e ON e.id = d.enterprise_id
  JOIN residence r ON r.enterprise_id = d.enterprise_id AND r.until_on = '9999-12-31'
  LEFT JOIN town t ON t.code = r.town_code;

CREATE VIEW campaign_listing AS
SELECT c.id, c.number, c.name, c.document, c.lead, c.from_on, c.push_on, c.summary_on, c.last_on, c.remark,
       (SELECT count(*) FROM inspection i WHERE i.campaign = c.name AND i.voided_on IS NULL AND i.inspected_on BETWEEN c.from_on AND COALESCE(c.last_on, '9999-12-31')) AS inspections,
       (SELECT count(DISTINCT enterprise_id) FROM inspection i WHERE i.campaign = c.name AND i.voided_on IS NULL AND i.inspected_on BETWEEN c.from_on AND COALESCE(c.last_on, '9999-12-31')) AS enterprises,
       (SELECT count(DISTINCT h.id) FROM inspection i JOIN hazard h ON h.enterprise_id = i.enterprise_id
           AND h.found_on = i.inspected_on AND h.source = i.method AND h.voided_on IS NULL
         WHERE i.campaign = c.name AND i.voided_on IS NULL AND i.inspected_on BETWEEN c.from_on AND COALESCE(c.last_on, '9999-12-31')) AS hazards,
       NULL AS town_code, c.voided_on, c.void_reason
  FROM campaign c;

CREATE VIEW inspection_listing AS
SELECT i.id, i.number, t.name AS town, e.name AS enterprise, e.credit_code, i.inspected_on, i.method, d.name AS department, i.joined, i.campaign,
       i.inspector, i.document, i.found_any,
       (SELECT count(*) FROM hazard h WHERE h.enterprise_id = i.enterprise_id AND h.found_on = i.inspected_on
           AND h.source = i.method AND h.voided_on IS NULL) AS hazards_found,
       i.remark, i.town_code, i.voided_on, i.void_reason
  FROM inspection i JOIN enterprise e ON e.id = i.enterprise_id LEFT JOIN town t ON t.code = i.town_code
  LEFT JOIN department d ON d.number = i.department;

CREATE VIEW responsible_village_listing AS
SELECT p.id, p.number, p.year, t.name AS town, v.name AS village, p.agency, p.enrolled_on, p.moved_in_on,
       p.firms_to_guide,
       (SELECT count(*) FROM guidance g WHERE g.responsible_village_id = p.id AND g.voided_on IS NULL) AS firms_guided,
       p.accepted_on, p.conclusion, p.reward, p.paid_on, p.remark, p.town_code, p.voided_on, p.void_reason
  FROM responsible_village p JOIN village v ON v.code = p.village_code LEFT JOIN town t ON t.code = p.town_code;

CREATE VIEW guidance_listing AS
SELECT g.id, g.number, t.name AS town, v.name AS village, e.name AS enterprise, e.credit_code, g.guided_on, g.agency, g.advice,
       g.hazards_found, g.remark, p.town_code, g.voided_on, g.void_reason
  FROM guidance g JOIN responsible_village p ON p.id = g.responsible_village_id
  JOIN village v ON v.code = p.village_code JOIN enterprise e ON e.id = g.enterprise_id
  LEFT JOIN town t ON t.code = p.town_code;

CREATE VIEW enforcement_case_listing AS
SELECT c.id, c.number, c.case_number, c.party, c.credit_code, c.party_kind, e.name AS firm, t.name AS town, d.name AS department, c.violation, c.cause, c.filed_on, c.decided_on,
       c.document, c.basis, c.fine, c.collected_on, c.accident, c.joint, c.referred, c.referred_on, c.revoked_on,
       c.revoke_reason, c.remark, c.town_code, c.voided_on, c.void_reason
  FROM enforcement_case c LEFT JOIN town t ON t.code = c.town_code LEFT JOIN department d ON d.number = c.department
  LEFT JOIN enterprise e ON e.id = c.enterprise_id;

CREATE VIEW accident_listing AS
SELECT a.id, a.number, a.name, a.happened_on, t.name AS town, COALESCE(e.name, a.party_kind) AS enterprise, e.credit_code, a.sector, c.deaths, c.serious, a.light, a.missing, c.loss,
       a.production, c.grade, NULLIF(c.known_on, a.happened_on) AS known_on, a.written_off_on, a.write_off_reason,
       a.remark, a.town_code, a.voided_on, a.void_reason
  FROM accident a
  JOIN casualties c ON c.id = (SELECT max(id) FROM casualties WHERE accident_id = a.id)
  LEFT JOIN town t ON t.code = a.town_code LEFT JOIN enterprise e ON e.id = a.enterprise_id;

CREATE VIEW filing_listing AS
SELECT f.id, f.number, t.name AS town, d.name AS department, f.month, f.filed_on, f.due_on,
       CASE WHEN f.filed_on > f.due_on THEN '迟报' ELSE '按期' END AS in_time, f.method, f.nil, f.nil_for,
       (SELECT group_concat(i.short || ' ' ||
               CASE WHEN i.unit <> '分' THEN CAST(g.quantity AS TEXT)
                    WHEN g.quantity % 100 = 0 THEN (g.quantity / 100) || '元'
                    ELSE printf('%d.%02d元', g.quantity / 100, g.quantity % 100) END, '；')
          FROM filed_figure g JOIN indicator i ON i.id = g.indicator WHERE g.filing_id = f.id) AS figures,
       f.returned_on, f.refiled_on, f.filer, f.reviewer, f.confirmed_on, f.confirmed_by, f.confirmed_how, f.remark, f.town_code, f.voided_on, f.void_reason
  FROM filing f LEFT JOIN town t ON t.code = f.town_code LEFT JOIN department d ON d.number = f.department;

CREATE VIEW statistic_listing AS
SELECT s.id, s.number, s.kind, COALESCE(t.name, '全市') AS town, s.from_on,
       CASE WHEN s.kind <> '生产总值' THEN CAST(s.quantity AS TEXT)
            WHEN s.quantity % 100000000 = 0
            THEN printf('%d.%02d亿元', s.quantity / 10000000000, s.quantity % 10000000000 / 100000000)
            WHEN s.quantity % 100 = 0 THEN (s.quantity / 100) || '元'
            ELSE printf('%d.%02d元', s.quantity / 100, s.quantity % 100) END AS amount,
       s.source, s.remark, s.town_code, s.voided_on, s.void_reason
  FROM statistic s LEFT JOIN town t ON t.code = s.town_code;

CREATE VIEW reporting_ledger_listing AS
SELECT r.id, r.number, t.name AS town, r.ledger_id, r.key, r.from_on, r.until_on, r.replaced_by,
       (SELECT max(p.month) FROM received_package p WHERE p.reporting_ledger_id = r.id) AS received,
       r.remark, r.town_code, r.voided_on, r.void_reason
  FROM reporting_ledger r JOIN town t ON t.code = r.town_code;

CREATE VIEW grid_listing AS
SELECT g.id, g.number, t.name AS town, v.name AS village, g.name, g.duty, g.from_on, g.until_on,
       (SELECT group_concat(o.name, '、') FROM officer o WHERE o.town_code = g.town_code AND o.grid = g.name AND o.until_on IS NULL AND o.voided_on IS NULL) AS officers,
       g.remark, g.town_code, g.voided_on, g.void_reason
  FROM grid g JOIN town t ON t.code = g.town_code LEFT JOIN village v ON v.code = g.village_code;

CREATE VIEW risk_grade_listing AS
SELECT g.id, g.number, t.name AS town, e.name AS enterprise, e.credit_code, g.grade, g.from_on, g.basis, g.graded_by, g.document,
       NULLIF(g.until_on, '9999-12-31') AS until_on, g.remark, r.town_code, g.voided_on, g.void_reason
  FROM risk_grade g JOIN enterprise e ON e.id = g.enterprise_id
  JOIN residence r ON r.enterprise_id = g.enterprise_id AND r.until_on = '9999-12-31'
  LEFT JOIN town t ON t.code = r.town_code;

CREATE VIEW programme_plan_listing AS
SELECT id, number, year, kind, stage, due_on, document, remark, NULL AS town_code, voided_on, void_reason
  FROM programme_plan;

CREATE VIEW diagnosis_listing AS
SELECT d.id, d.number, t.name AS town, e.name AS enterprise, e.credit_code, p.kind AS programme, d.agency, d.diagnosed_on, d.findings, d.planned_on, d.plan,
       d.report_number, d.remark, r.town_code, d.voided_on, d.void_reason
  FROM diagnosis d JOIN enterprise e ON e.id = d.enterprise_id
  JOIN residence r ON r.enterprise_id = d.enterprise_id AND r.until_on = '9999-12-31'
  LEFT JOIN town t ON t.code = r.town_code
  LEFT JOIN programme p ON p.id = d.programme_id AND p.voided_on IS NULL;

CREATE VIEW campaign_phase_listing AS
SELECT p.id, p.number, c.name AS campaign, p.title, p.from_on, p.task, p.work, p.visited, p.closed, p.remark,
       NULL AS town_code, p.voided_on, p.void_reason
  FROM campaign_phase p JOIN campaign c ON c.id = p.campaign_id;

CREATE VIEW campaign_scope_listing AS
SELECT s.id, s.number, c.name AS campaign, s.kind, s.word, t.name AS town, e.name AS enterprise, e.credit_code,
       NULLIF(s.from_on, '0001-01-01') AS from_on, NULLIF(s.until_on, '9999-12-31') AS until_on, s.remark, s.town_code, s.voided_on, s.void_reason
  FROM campaign_scope s JOIN campaign c ON c.id = s.campaign_id LEFT JOIN town t ON t.code = s.town_code
  LEFT JOIN enterprise e ON e.id = s.enterprise_id;

CREATE VIEW catch_up_listing AS
SELECT c.id, c.number, t.name AS town, d.name AS department, c.month, c.filed_on, c.plan,
       (SELECT group_concat(i.short || ' ' ||
               CASE WHEN i.unit <> '分' THEN CAST(g.quantity AS TEXT)
                    WHEN g.quantity % 100 = 0 THEN (g.quantity / 100) || '元'
                    ELSE printf('%d.%02d元', g.quantity / 100, g.quantity % 100) END, '；')
          FROM catch_up_figure g JOIN indicator i ON i.id = g.indicator WHERE g.catch_up_id = c.id) AS figures,
       c.responsible, c.document, c.remark, c.town_code, c.voided_on, c.void_reason
  FROM catch_up c LEFT JOIN town t ON t.code = c.town_code LEFT JOIN department d ON d.number = c.department;

CREATE VIEW work_item_listing AS
SELECT w.id, w.number, w.kind, t.name AS town, d.name AS department, w.done_on, w.title, w.level, w.times, w.campaign, w.document, w.remark, w.town_code,
       w.voided_on, w.void_reason
  FROM work_item w LEFT JOIN town t ON t.code = w.town_code LEFT JOIN department d ON d.number = w.department;

CREATE VIEW monthly_figure_listing AS
SELECT f.id, f.number, f.kind, t.name AS town, d.name AS department, f.month, f.quantity, f.source, f.remark, f.town_code, f.voided_on, f.void_reason
  FROM monthly_figure f LEFT JOIN town t ON t.code = f.town_code LEFT JOIN department d ON d.number = f.department;

-- The indicator as the scheme of its month, or day, calls it: so it is read back.
CREATE VIEW mark_listing AS
SELECT m.id, m.number, COALESCE((SELECT d.short FROM dated_indicator d WHERE d.id = m.indicator
           AND d.from_on <= date(m.month || '-01', '+1 month', '-1 day') AND date(m.month || '-01', '+1 month', '-1 day') < d.until_on), m.indicator) AS indicator,
       t.name AS town, d.name AS department, m.month, m.marked_on, COALESCE(m.points, '不涉及') AS points, m.reason, m.marker, m.remark,
       m.town_code, m.voided_on, m.void_reason
  FROM mark m LEFT JOIN town t ON t.code = m.town_code LEFT JOIN department d ON d.number = m.department;

CREATE VIEW veto_lifting_listing AS
SELECT v.id, v.number, COALESCE((SELECT d.short FROM dated_indicator d WHERE d.id = v.indicator
           AND d.from_on <= v.lifted_on AND v.lifted_on < d.until_on), v.indicator) AS indicator,
       t.name AS town, d.name AS department, v.lifted_on, v.document, v.reason, v.remark, v.town_code, v.voided_on, v.void_reason
  FROM veto_lifting v LEFT JOIN town t ON t.code = v.town_code LEFT JOIN department d ON d.number = v.department;

------------------------------------------------------------------------------------------- what is counted

-- The scheme that every ledger has from its first day on: 永康2018. What an office adopts since (`scheme`) stands beside
-- it; `dated_category` and `dated_indicator` tell what is asked on which day, `category` and `indicator` each as it was
-- asked last.
CREATE TABLE shipped_category (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  position INTEGER NOT NULL,
  scored INTEGER NOT NULL CHECK (scored IN (0, 1))
) STRICT, WITHOUT ROWID;
INSERT INTO shipped_category VALUES
  ('training', '安全生产教育培训', 1, 1),
  ('standard', '安全标准化创建', 2, 1),
  ('village', '主体责任村创建', 3, 1),
  ('special', '安全专项整治', 4, 1),
  ('trusteeship', '安全生产社会化服务', 5, 1),
  ('health', '职业卫生检测', 6, 1),
  ('hazard', '隐患排查治理', 7, 0),
  ('case', '监管执法', 8, 0),
  ('accident', '生产安全事故', 9, 0),
  ('equipment', '智慧用电', 10, 0),
  ('report', '数据报送', 11, 0);

-- What can be counted (事实): what happened or holds, by the records of which table. `counted`: flow = the sum of the items
-- whose from_on lies in the year to date; stock = those with from_on <= as_of < until_on. of_year: a stock that ends on
-- 1 January. due: what is to be done by rule, also in years to come. kind, level and channel are the titles of its
-- dimensions: each is a term of a list, never free text; NULL where it has none, and its items have ''. found_by and
-- charged_to are those of the department whose work it is and of the one answerable for it, in the same way. part_of: the fact
-- whose items these are some of, so that one may be said as a rate of the other.
CREATE TABLE fact (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  record TEXT NOT NULL REFERENCES record_table,
  counted TEXT NOT NULL CHECK (counted = 'flow' OR counted = 'stock'),
  of_year INTEGER NOT NULL CHECK (of_year IN (0, 1)),
  due INTEGER NOT NULL CHECK (due IN (0, 1)),
  kind TEXT,
  level TEXT,
  channel TEXT,
  part_of TEXT REFERENCES fact,
  found_by TEXT,
  charged_to TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO fact (id, title, record, counted, of_year, due, kind, level, channel, part_of) VALUES
  ('training.passed', '培训合格人次', 'training', 'flow', 0, 0, '培训对象', NULL, NULL, NULL),
  ('standard.reached', '标准化达标', 'standardization', 'flow', 0, 0, '创建类型', '等级', NULL, NULL),
  ('standard.review_apart', '到期名单以外的复评', 'standardization', 'flow', 0, 0, NULL, NULL, NULL, NULL),
  ('standard.underway', '标准化正在创建', 'standardization', 'stock', 0, 0, '创建类型', '等级', NULL, NULL),
  ('standard.review_due', '标准化到期应复评', 'standardization', 'stock', 1, 1, NULL, NULL, NULL, NULL),
  ('standard.review_carried', '上年结转应复评', 'standardization', 'stock', 0, 0, NULL, NULL, NULL, NULL),
  ('standard.consulted', '标准化进入咨询阶段', 'standardization', 'stock', 1, 0, '创建类型', '等级', NULL, NULL),
  ('standard.self_assessed', '标准化进入自评阶段', 'standardization', 'stock', 1, 0, '创建类型', '等级', NULL, NULL),
  ('standard.applied', '标准化进入申请阶段', 'standardization', 'stock', 1, 0, '创建类型', '等级', NULL, NULL),
  ('standard.reviewed', '标准化进入评审阶段', 'standardization', 'stock', 1, 0, '创建类型', '等级', NULL, NULL),
  ('standard.valid', '标准化证书有效', 'standardization', 'stock', 0, 0, '创建类型', '等级', NULL, NULL),
  ('village.enrolled', '列入创建的主体责任村', 'responsible_village', 'flow', 0, 0, NULL, NULL, NULL, NULL),
  ('village.guided', '责任村指导小微企业', 'guidance', 'flow', 0, 0, NULL, NULL, NULL, NULL),
  ('village.accepted', '主体责任村验收合格', 'responsible_village', 'flow', 0, 0, NULL, NULL, NULL, NULL),
  ('village.rewarded', '主体责任村奖励资金', 'responsible_village', 'flow', 0, 0, NULL, NULL, NULL, NULL),
  ('special.enrolled', '列入整治的企业', 'programme', 'flow', 0, 0, '整治类型', NULL, NULL, NULL),
  ('special.carried', '上年结转应整治的企业', 'programme', 'stock', 0, 0, '整治类型', NULL, NULL, NULL),
  ('special.accepted', '整治验收合格', 'programme', 'flow', 0, 0, '整治类型', NULL, NULL, NULL),
  ('special.inspected', '整治进入排查阶段', 'programme', 'flow', 0, 0, '整治类型', NULL, NULL, NULL),
  ('special.diagnosed', '整治进入诊断阶段', 'programme', 'flow', 0, 0, '整治类型', NULL, NULL, NULL),
  ('special.planned', '整治进入方案阶段', 'programme', 'flow', 0, 0, '整治类型', NULL, NULL, NULL),
  ('special.rectified', '整治进入整改阶段', 'programme', 'flow', 0, 0, '整治类型', NULL, NULL, NULL),
  ('special.outcome', '整治结果', 'programme', 'flow', 0, 0, '整治类型', '整治结果', NULL, NULL),
  ('trusteeship.contract', '在托管', 'trusteeship', 'stock', 0, 0, '托管类型', NULL, NULL, NULL),
  ('trusteeship.visits_agreed', '约定服务次数', 'trusteeship', 'flow', 0, 1, '托管类型', NULL, NULL, NULL),
  ('trusteeship.visits_made', '完成服务次数', 'visit', 'flow', 0, 0, '托管类型', NULL, NULL, NULL),
  ('health.exposed', '职业卫生应检测企业', 'exposure', 'stock', 1, 1, NULL, '危害程度', NULL, NULL),
  ('health.tested', '职业卫生已检测企业', 'health_test', 'stock', 1, 0, NULL, NULL, NULL, 'health.exposed'),
  ('health.tested_apart', '应检名单以外的检测企业', 'health_test', 'stock', 1, 0, NULL, NULL, NULL, NULL),
  ('health.over_limit', '检测结果超标企业', 'health_test', 'stock', 1, 0, NULL, NULL, NULL, NULL),
  ('health.remedied', '超标已整改企业', 'health_test', 'stock', 1, 0, NULL, NULL, NULL, 'health.over_limit'),
  ('health.points_over', '检测超标点', 'health_test', 'flow', 0, 0, NULL, NULL, NULL, NULL),
  ('hazard.inspected', '安全检查', 'inspection', 'flow', 0, 0, NULL, NULL, '检查方式', NULL),
  ('hazard.found', '排查隐患', 'hazard', 'flow', 0, 0, '隐患类别', '隐患级别', '隐患来源', NULL),
  ('hazard.accepted_of_year', '当年发现已验收销号', 'hazard', 'stock', 1, 0, '隐患类别', '隐患级别', '隐患来源', 'hazard.found'),
  ('hazard.open', '未验收销号隐患', 'hazard', 'stock', 0, 0, '隐患类别', '隐患级别', '隐患来源', NULL),
  ('hazard.listed', '挂牌督办在办隐患', 'hazard', 'stock', 0, 0, '隐患类别', '隐患级别', '隐患来源', NULL),
  ('hazard.due_of_year', '当年到期应整改隐患', 'hazard', 'stock', 1, 1, '隐患类别', '隐患级别', '隐患来源', NULL),
  ('hazard.overdue', '逾期未整改隐患', 'hazard', 'stock', 0, 0, '隐患类别', '隐患级别', '隐患来源', 'hazard.due_of_year'),
  ('hazard.awaiting', '到期隐患已整改待验收', 'hazard', 'stock', 0, 0, '隐患类别', '隐患级别', '隐患来源', 'hazard.due_of_year'),
  ('hazard.on_time_of_year', '按期整改、按期验收的隐患', 'hazard', 'stock', 1, 0, '隐患类别', '隐患级别', '隐患来源', 'hazard.due_of_year'),
  ('hazard.accepted_late', '按期整改、逾期验收的隐患', 'hazard', 'stock', 1, 0, '隐患类别', '隐患级别', '隐患来源', 'hazard.due_of_year'),
  ('hazard.late_of_year', '逾期后整改的隐患', 'hazard', 'stock', 1, 0, '隐患类别', '隐患级别', '隐患来源', 'hazard.due_of_year'),
  ('hazard.overdue_carried', '逾期未整改隐患中上年转入的', 'hazard', 'stock', 1, 0, '隐患类别', '隐患级别', '隐患来源', 'hazard.overdue'),
  ('hazard.overdue_extended', '逾期未整改隐患中已批准延期的', 'hazard', 'stock', 0, 0, '隐患类别', '隐患级别', '隐患来源', 'hazard.overdue'),
  ('hazard.overdue_sent_back', '逾期未整改隐患中退回重改的', 'hazard', 'stock', 0, 0, '隐患类别', '隐患级别', '隐患来源', 'hazard.overdue'),
  ('case.filed', '立案处罚', 'enforcement_case', 'flow', 0, 0, '案件类型', NULL, NULL, NULL),
  ('case.fined', '作出处罚决定', 'enforcement_case', 'flow', 0, 0, '案件类型', NULL, NULL, NULL),
  ('case.fine', '处罚金额', 'enforcement_case', 'flow', 0, 0, '案件类型', NULL, NULL, NULL),
  ('case.referred', '建议追究刑事责任', 'enforcement_case', 'flow', 0, 0, '案件类型', NULL, NULL, NULL),
  ('accident.count', '生产安全事故起数', 'accident', 'flow', 0, 0, '行业领域', NULL, NULL, NULL),
  ('accident.deaths', '生产安全事故死亡人数', 'accident', 'flow', 0, 0, '行业领域', NULL, NULL, NULL),
  ('accident.injured', '生产安全事故重伤人数', 'accident', 'flow', 0, 0, '行业领域', NULL, NULL, NULL),
  ('accident.larger', '较大及以上生产安全事故', 'accident', 'flow', 0, 0, '行业领域', NULL, NULL, 'accident.count'),
  ('equipment.installed', '智慧式用电安全管理系统已安装', 'device', 'stock', 0, 0, NULL, NULL, NULL, NULL),
  ('report.filed', '按期报送', 'filing', 'flow', 0, 0, NULL, NULL, NULL, NULL),
  ('report.nil', '零报告', 'filing', 'flow', 0, 0, NULL, NULL, NULL, NULL),
  ('report.late', '迟报', 'filing', 'flow', 0, 0, NULL, NULL, NULL, NULL),
  ('report.of_month', '按月报送', 'filing', 'flow', 0, 0, '报送期限', NULL, NULL, NULL),
  ('work.done', '完成工作项', 'work_item', 'flow', 0, 0, '工作项种类', '工作项级别', NULL, NULL),
  ('figure.reported', '上报数累计', 'monthly_figure', 'flow', 0, 0, '上报项目', NULL, NULL, NULL),
  ('figure.standing', '上报数存量', 'monthly_figure', 'stock', 0, 0, '上报项目', NULL, NULL, NULL);
UPDATE fact SET found_by = CASE record WHEN 'enforcement_case' THEN '立案单位' WHEN 'filing' THEN '报送部门'
                                WHEN 'hazard' THEN '检查部门' WHEN 'inspection' THEN '检查部门' ELSE '部门' END
 WHERE record IN ('hazard', 'inspection', 'enforcement_case', 'filing', 'work_item', 'monthly_figure');
UPDATE fact SET charged_to = '监管部门' WHERE record = 'hazard';

-- What is asked. kind: sum = of its measure (bulletin/definition.py says which two add up another one);
-- distinct = different subjects of the ranked stocks of its category, which are items of the record `counts`;
-- counted = towns whose cell of the indicator `counts` is above 0.
-- today = what of the indicator `counts` is due on a day that is not over, and stands beside what was due; on any other
-- day there is none.
-- against: 'target', another indicator, or nothing. What has another indicator for its task is done of those owed: its
-- items are a part of the other's, in town and year.
CREATE TABLE shipped_indicator (
  id TEXT PRIMARY KEY,
  category TEXT NOT NULL REFERENCES shipped_category,
  short TEXT NOT NULL UNIQUE,            -- the word in a cell's code, as in 10-江南-涉氨
  title TEXT NOT NULL,
  unit TEXT NOT NULL,                    -- 分 is shown in 万元
  kind TEXT NOT NULL CHECK (kind = 'sum' OR kind = 'distinct' OR kind = 'counted' OR kind = 'today'),
  ranked INTEGER NOT NULL DEFAULT 0 CHECK (ranked IN (0, 1)),
  against TEXT,
  counts TEXT,
  measure TEXT,
  position INTEGER NOT NULL UNIQUE,
  carried TEXT,                          -- what is owed of earlier years beside `against`, an indicator
  apart TEXT,                            -- what was done of what no record says is owed: counts beside an opening total of `against`
  direction TEXT NOT NULL DEFAULT 'more' CHECK (direction = 'more' OR direction = 'less'), -- less: fewer is better, a target is a control figure (控制数)
  CHECK (ranked = 0 OR against IS NOT NULL),
  CHECK ((kind = 'sum') = (measure IS NOT NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO shipped_indicator (id, category, short, title, unit, kind, ranked, against, counts, measure, position) VALUES
  ('training.负责人', 'training', '负责人', '主要负责人培训合格', '人次', 'sum', 1, 'target', NULL, 'training.passed?kind=主要负责人', 101),
  ('training.管理人员', 'training', '管理人员', '安全管理人员培训合格', '人次', 'sum', 1, 'target', NULL, 'training.passed?kind=安全管理人员', 102),
  ('training.特种作业', 'training', '特种作业', '特种作业人员培训合格', '人次', 'sum', 1, 'target', NULL, 'training.passed?kind=特种作业人员', 103),
  ('training.其他', 'training', '其他人员', '其他从业人员培训合格', '人次', 'sum', 1, 'target', NULL, 'training.passed?kind=其他从业人员', 104),
  ('training.网格员', 'training', '网格员', '网格员培训合格', '人次', 'sum', 1, 'target', NULL, 'training.passed?kind=网格员', 105),
  ('standard.reached.三级新创', 'standard', '三级新创', '三级标准化新创达标', '家', 'sum', 1, 'target', NULL, 'standard.reached?kind=新创&level=三级', 201),
  ('standard.reached.三级复评', 'standard', '三级复评', '三级标准化复评达标', '家', 'sum', 1, 'standard.review_due', NULL, 'standard.reached?kind=复评&level=三级', 202),
  ('standard.reached.二级', 'standard', '二级达标', '二级标准化达标', '家', 'sum', 1, 'target', NULL, 'standard.reached?level=二级', 203),
  ('standard.underway.三级', 'standard', '三级在创', '三级标准化正在创建', '家', 'sum', 0, NULL, NULL, 'standard.underway?kind=升级|新创&level=三级', 204),
  ('standard.underway.二级', 'standard', '二级在创', '二级标准化正在创建', '家', 'sum', 0, NULL, NULL, 'standard.underway?kind=升级|新创&level=二级', 205),
  ('standard.review_due', 'standard', '到期复评', '标准化到期应复评', '家', 'sum', 0, NULL, NULL, 'standard.review_due', 206),
  ('standard.stage.复评.咨询', 'standard', '复评咨询', '复评进入咨询阶段', '家', 'sum', 0, NULL, NULL, 'standard.consulted?kind=复评&level=三级', 207),
  ('standard.stage.复评.自评', 'standard', '复评自评', '复评进入自评阶段', '家', 'sum', 0, NULL, NULL, 'standard.self_assessed?kind=复评&level=三级', 208),
  ('standard.stage.复评.申请', 'standard', '复评申请', '复评进入申请阶段', '家', 'sum', 0, NULL, NULL, 'standard.applied?kind=复评&level=三级', 209),
  ('standard.stage.复评.评审', 'standard', '复评评审', '复评进入评审阶段', '家', 'sum', 0, NULL, NULL, 'standard.reviewed?kind=复评&level=三级', 210),
  ('standard.towns_in_review', 'standard', '评审镇数', '复评进入评审阶段的镇（街、区）', '个', 'counted', 0, NULL, 'standard.stage.复评.评审', NULL, 211),
  ('standard.valid.三级', 'standard', '三级有效', '三级标准化证书有效', '家', 'sum', 0, NULL, NULL, 'standard.valid?level=三级', 212),
  ('standard.valid.二级', 'standard', '二级有效', '二级标准化证书有效', '家', 'sum', 0, NULL, NULL, 'standard.valid?level=二级', 213),
  ('standard.review_carried', 'standard', '结转复评', '上年结转应复评', '家', 'sum', 0, NULL, NULL, 'standard.review_carried', 214),
  ('standard.review_apart', 'standard', '名单外复评', '到期名单以外的复评', '家', 'sum', 0, NULL, NULL, 'standard.review_apart', 215),
  ('village.enrolled', 'village', '责任村创建', '列入创建的主体责任村', '个', 'sum', 0, NULL, NULL, 'village.enrolled', 301),
  ('village.guided', 'village', '指导企业', '责任村指导小微企业', '家', 'sum', 0, NULL, NULL, 'village.guided', 302),
  ('village.accepted', 'village', '责任村验收', '主体责任村验收合格', '个', 'sum', 1, 'target', NULL, 'village.accepted', 303),
  ('village.rewarded', 'village', '责任村奖励', '主体责任村奖励资金', '分', 'sum', 0, NULL, NULL, 'village.rewarded', 304),
  ('special.enrolled.喷涂', 'special', '列入喷涂', '列入整治的喷涂企业', '家', 'sum', 0, NULL, NULL, 'special.enrolled?kind=喷涂', 401),
  ('special.accepted.喷涂', 'special', '整治喷涂', '喷涂企业整治验收', '家', 'sum', 1, 'special.enrolled.喷涂', NULL, 'special.accepted?kind=喷涂', 402),
  ('special.enrolled.胶水', 'special', '列入胶水', '列入整治的胶水企业', '家', 'sum', 0, NULL, NULL, 'special.enrolled?kind=胶水', 403),
  ('special.accepted.胶水', 'special', '整治胶水', '胶水企业整治验收', '家', 'sum', 1, 'special.enrolled.胶水', NULL, 'special.accepted?kind=胶水', 404),
  ('special.enrolled.涉粉', 'special', '列入涉粉', '列入整治的涉粉企业', '家', 'sum', 0, NULL, NULL, 'special.enrolled?kind=涉粉', 405),
  ('special.accepted.涉粉', 'special', '整治涉粉', '涉粉企业整治验收', '家', 'sum', 1, 'special.enrolled.涉粉', NULL, 'special.accepted?kind=涉粉', 406),
  ('special.enrolled.涉氨', 'special', '列入涉氨', '列入整治的涉氨企业', '家', 'sum', 0, NULL, NULL, 'special.enrolled?kind=涉氨', 407),
  ('special.accepted.涉氨', 'special', '整治涉氨', '涉氨企业整治验收', '家', 'sum', 1, 'special.enrolled.涉氨', NULL, 'special.accepted?kind=涉氨', 408),
  ('special.enrolled.有限空间', 'special', '列入有限空间', '列入整治的有限空间企业', '家', 'sum', 0, NULL, NULL, 'special.enrolled?kind=有限空间', 409),
  ('special.accepted.有限空间', 'special', '整治有限空间', '有限空间企业整治验收', '家', 'sum', 1, 'special.enrolled.有限空间', NULL, 'special.accepted?kind=有限空间', 410),
  ('special.enrolled.冶金', 'special', '列入冶金', '列入整治的冶金企业', '家', 'sum', 0, NULL, NULL, 'special.enrolled?kind=冶金', 411),
  ('special.accepted.冶金', 'special', '整治冶金', '冶金企业整治验收', '家', 'sum', 1, 'special.enrolled.冶金', NULL, 'special.accepted?kind=冶金', 412),
  ('special.enrolled.危化', 'special', '列入危化', '列入整治的危化企业', '家', 'sum', 0, NULL, NULL, 'special.enrolled?kind=危化', 413),
  ('special.accepted.危化', 'special', '整治危化', '危化企业整治验收', '家', 'sum', 1, 'special.enrolled.危化', NULL, 'special.accepted?kind=危化', 414),
  ('special.outcome.整治', 'special', '结果整治', '整治结果：整治', '家', 'sum', 0, NULL, NULL, 'special.outcome?level=整治', 421),
  ('special.outcome.提升', 'special', '结果提升', '整治结果：提升', '家', 'sum', 0, NULL, NULL, 'special.outcome?level=提升', 422),
  ('special.outcome.托管', 'special', '结果托管', '整治结果：托管', '家', 'sum', 0, NULL, NULL, 'special.outcome?level=托管', 423),
  ('special.outcome.关停', 'special', '结果关停', '整治结果：关停', '家', 'sum', 0, NULL, NULL, 'special.outcome?level=关停', 424),
  ('special.carried.喷涂', 'special', '结转喷涂', '上年结转应整治的喷涂企业', '家', 'sum', 0, NULL, NULL, 'special.carried?kind=喷涂', 431),
  ('special.carried.胶水', 'special', '结转胶水', '上年结转应整治的胶水企业', '家', 'sum', 0, NULL, NULL, 'special.carried?kind=胶水', 432),
  ('special.carried.涉粉', 'special', '结转涉粉', '上年结转应整治的涉粉企业', '家', 'sum', 0, NULL, NULL, 'special.carried?kind=涉粉', 433),
  ('special.carried.涉氨', 'special', '结转涉氨', '上年结转应整治的涉氨企业', '家', 'sum', 0, NULL, NULL, 'special.carried?kind=涉氨', 434),
  ('special.carried.有限空间', 'special', '结转有限空间', '上年结转应整治的有限空间企业', '家', 'sum', 0, NULL, NULL, 'special.carried?kind=有限空间', 435),
  ('special.carried.冶金', 'special', '结转冶金', '上年结转应整治的冶金企业', '家', 'sum', 0, NULL, NULL, 'special.carried?kind=冶金', 436),
  ('special.carried.危化', 'special', '结转危化', '上年结转应整治的危化企业', '家', 'sum', 0, NULL, NULL, 'special.carried?kind=危化', 437),
  ('trusteeship.喷涂', 'trusteeship', '喷涂', '喷涂企业在托管', '家', 'sum', 1, 'target', NULL, 'trusteeship.contract?kind=喷涂', 501),
  ('trusteeship.涉氨', 'trusteeship', '涉氨', '涉氨企业在托管', '家', 'sum', 1, 'target', NULL, 'trusteeship.contract?kind=涉氨', 502),
  ('trusteeship.涉粉', 'trusteeship', '涉粉', '涉粉企业在托管', '家', 'sum', 1, 'target', NULL, 'trusteeship.contract?kind=涉粉', 503),
  ('trusteeship.小微', 'trusteeship', '小微', '小微企业在托管', '家', 'sum', 1, 'target', NULL, 'trusteeship.contract?kind=小微', 504),
  ('trusteeship.enterprises', 'trusteeship', '托管企业', '在托管企业（去重）', '家', 'distinct', 0, NULL, 'trusteeship', NULL, 505),
  ('trusteeship.visits_agreed', 'trusteeship', '约定服务', '约定服务次数', '次', 'sum', 0, NULL, NULL, 'trusteeship.visits_agreed', 506),
  ('trusteeship.visits_made', 'trusteeship', '完成服务', '完成服务次数', '次', 'sum', 0, NULL, NULL, 'trusteeship.visits_made', 507),
  ('health.exposed', 'health', '应检', '职业卫生应检测企业', '家', 'sum', 0, NULL, NULL, 'health.exposed', 601),
  ('health.tested', 'health', '已检', '职业卫生已检测企业', '家', 'sum', 1, 'health.exposed', NULL, 'health.tested', 602),
  ('health.over_limit', 'health', '检测超标', '检测结果超标企业', '家', 'sum', 0, NULL, NULL, 'health.over_limit', 603),
  ('health.remedied', 'health', '超标整改', '超标已整改企业', '家', 'sum', 0, NULL, NULL, 'health.remedied', 604),
  ('health.severe', 'health', '应检严重', '应检测企业中职业病危害严重的', '家', 'sum', 0, NULL, NULL, 'health.exposed?level=严重', 605),
  ('health.points_over', 'health', '超标点', '检测超标点', '个', 'sum', 0, NULL, NULL, 'health.points_over', 606),
  ('health.tested_apart', 'health', '名单外检测', '应检名单以外的检测企业', '家', 'sum', 0, NULL, NULL, 'health.tested_apart', 607),
  ('hazard.inspected', 'hazard', '检查', '安全检查', '家次', 'sum', 0, NULL, NULL, 'hazard.inspected', 700),
  ('hazard.found', 'hazard', '排查隐患', '排查隐患', '条', 'sum', 0, NULL, NULL, 'hazard.found', 701),
  ('hazard.accepted_of_year', 'hazard', '已销号', '当年发现已验收销号', '条', 'sum', 0, 'hazard.found', NULL, 'hazard.accepted_of_year', 702),
  ('hazard.open', 'hazard', '未销号', '未验收销号隐患', '条', 'sum', 0, NULL, NULL, 'hazard.open', 703),
  ('hazard.overdue', 'hazard', '逾期', '逾期未整改隐患', '条', 'sum', 0, NULL, NULL, 'hazard.overdue', 704),
  ('hazard.listed', 'hazard', '挂牌', '挂牌督办在办隐患', '条', 'sum', 0, NULL, NULL, 'hazard.listed', 705),
  ('hazard.due_of_year', 'hazard', '到期隐患', '当年到期应整改隐患', '条', 'sum', 0, NULL, NULL, 'hazard.due_of_year', 706),
  ('hazard.on_time_of_year', 'hazard', '按期整改', '按期整改隐患', '条', 'sum', 0, 'hazard.due_of_year', NULL, 'hazard.on_time_of_year', 707),
  ('hazard.late_of_year', 'hazard', '逾期后整改', '逾期后整改隐患', '条', 'sum', 0, NULL, NULL, 'hazard.late_of_year', 708),
  ('hazard.awaiting', 'hazard', '到期待验收', '到期隐患已整改待验收', '条', 'sum', 0, NULL, NULL, 'hazard.awaiting', 709),
  ('hazard.overdue_carried', 'hazard', '逾期上年转入', '逾期未整改隐患中上年转入', '条', 'sum', 0, NULL, NULL, 'hazard.overdue_carried', 710),
  ('hazard.overdue_extended', 'hazard', '逾期已延期', '逾期未整改隐患中已批准延期', '条', 'sum', 0, NULL, NULL, 'hazard.overdue_extended', 711),
  ('hazard.overdue_sent_back', 'hazard', '逾期退回重改', '逾期未整改隐患中退回重改', '条', 'sum', 0, NULL, NULL, 'hazard.overdue_sent_back', 712),
  ('hazard.due_today', 'hazard', '今日到期', '今日到期隐患', '条', 'today', 0, NULL, 'hazard.due_of_year', NULL, 713),
  ('case.filed', 'case', '立案', '非事故类立案处罚', '起', 'sum', 0, NULL, NULL, 'case.filed?kind=非事故类', 801),
  ('case.fined', 'case', '处罚', '作出处罚决定', '起', 'sum', 0, NULL, NULL, 'case.fined?kind=非事故类', 802),
  ('case.fine', 'case', '罚款', '处罚金额', '分', 'sum', 0, NULL, NULL, 'case.fine?kind=非事故类', 803),
  ('case.referred', 'case', '追刑', '建议追究刑事责任', '人', 'sum', 0, NULL, NULL, 'case.referred?kind=非事故类', 804),
  ('case.accident', 'case', '事故立案', '事故类立案处罚', '起', 'sum', 0, NULL, NULL, 'case.filed?kind=事故类', 805),
  ('case.accident_fine', 'case', '事故罚款', '事故类处罚金额', '分', 'sum', 0, NULL, NULL, 'case.fine?kind=事故类', 806),
  ('accident.count', 'accident', '事故起数', '生产安全事故起数', '起', 'sum', 0, NULL, NULL, 'accident.count', 901),
  ('accident.deaths', 'accident', '死亡人数', '生产安全事故死亡', '人', 'sum', 0, NULL, NULL, 'accident.deaths', 902),
  ('accident.injured', 'accident', '受伤人数', '生产安全事故重伤', '人', 'sum', 0, NULL, NULL, 'accident.injured', 903),
  ('accident.larger', 'accident', '较大事故', '较大及以上生产安全事故', '起', 'sum', 0, NULL, NULL, 'accident.larger', 904),
  ('equipment.智慧用电', 'equipment', '智慧用电', '智慧式用电安全管理系统已安装', '家', 'sum', 1, 'target', NULL, 'equipment.installed', 1001),
  ('report.filed', 'report', '报送', '按期报送', '次', 'sum', 0, NULL, NULL, 'report.filed', 1101),
  ('report.nil', 'report', '零报告', '零报告', '次', 'sum', 0, NULL, NULL, 'report.nil', 1102),
  ('report.late', 'report', '迟报', '迟报', '次', 'sum', 0, NULL, NULL, 'report.late', 1103);

UPDATE shipped_indicator SET carried = 'standard.review_carried', apart = 'standard.review_apart' WHERE id = 'standard.reached.三级复评';
UPDATE shipped_indicator SET carried = replace(id, 'accepted', 'carried') WHERE id LIKE 'special.accepted.%';
UPDATE shipped_indicator SET apart = 'health.tested_apart' WHERE id = 'health.tested';
UPDATE shipped_indicator SET direction = 'less'
 WHERE id IN ('accident.count', 'accident.deaths', 'accident.injured', 'accident.larger', 'hazard.overdue', 'report.late');

-- Which scheme is in force on which days. 0: the one that every ledger has. One that is counted for the unit above alone is
-- never in force here.
CREATE VIEW scheme_in_force (scheme_id, from_on, until_on) AS
SELECT 0, '0001-01-01', COALESCE((SELECT min(from_on) FROM scheme WHERE voided_on IS NULL AND purpose IS NULL), '9999-12-31')
UNION ALL
SELECT s.id, s.from_on, COALESCE((SELECT min(n.from_on) FROM scheme n WHERE n.voided_on IS NULL AND n.purpose IS NULL AND n.from_on > s.from_on), '9999-12-31')
  FROM scheme s WHERE s.voided_on IS NULL AND s.purpose IS NULL
UNION ALL
SELECT id, '9999-12-31', '9999-12-31' FROM scheme WHERE voided_on IS NULL AND purpose IS NOT NULL;

CREATE VIEW dated_category (from_on, until_on, scheme_id, id, title, position, scored, weight, full_marks, bonus_cap, deduction_cap, conversion, missing) AS
SELECT f.from_on, f.until_on, 0, c.id, c.title, c.position, c.scored, '1', NULL, NULL, NULL, NULL, NULL
  FROM scheme_in_force f JOIN shipped_category c WHERE f.scheme_id = 0
UNION ALL
SELECT f.from_on, f.until_on, f.scheme_id, c.code, c.title, c.position, c.scored, c.weight, c.full_marks, c.bonus_cap, c.deduction_cap, c.conversion, c.missing
  FROM scheme_in_force f JOIN scheme_category c ON c.scheme_id = f.scheme_id;

CREATE VIEW dated_indicator (from_on, until_on, scheme_id, id, category, short, title, unit, kind, ranked, against, counts, measure, position, carried, apart, direction, fact, group_code, form, full_marks, scoring, missing, standard, proof, units) AS
SELECT f.from_on, f.until_on, 0, i.id, i.category, i.short, i.title, i.unit, i.kind, i.ranked, i.against, i.counts, i.measure, i.position, i.carried, i.apart, i.direction,
       substr(i.measure, 1, min(instr(i.measure || '?', '?'), instr(i.measure || '@', '@')) - 1), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM scheme_in_force f JOIN shipped_indicator i WHERE f.scheme_id = 0
UNION ALL
SELECT f.from_on, f.until_on, f.scheme_id, i.code, i.category, i.short, i.title, i.unit, i.kind, i.ranked, i.against, i.counts, i.measure, i.position, i.carried, i.apart, i.direction,
       substr(i.measure, 1, min(instr(i.measure || '?', '?'), instr(i.measure || '@', '@')) - 1),
       i.group_code, i.form, i.full_marks, i.scoring, i.missing, i.standard, i.proof, i.units
  FROM scheme_in_force f JOIN scheme_indicator i ON i.scheme_id = f.scheme_id;

CREATE VIEW category AS SELECT *, max(from_on) AS last_from FROM dated_category WHERE from_on < '9999-12-31' GROUP BY id;
CREATE VIEW indicator AS SELECT *, max(from_on) AS last_from FROM dated_indicator WHERE from_on < '9999-12-31' GROUP BY id;

-- What is summed (口径): a fact under conditions, for one kind of unit: towns, or departments (@found_by, @charged_to), of
-- which none is kept that no scheme asks for. The id says all of it, in one way only (rules/measure.py), so that two
-- schemes that ask the same share a measure; it never changes. What stands behind `asked`: bulletin/definition.py says for what.
CREATE VIEW measure (id, fact) AS
WITH asked (id) AS (
  SELECT measure FROM shipped_indicator WHERE measure IS NOT NULL
  UNION SELECT i.measure FROM scheme_indicator i JOIN scheme s ON s.id = i.scheme_id WHERE i.measure IS NOT NULL AND s.voided_on IS NULL
  UNION SELECT p.measure FROM scheme_part p JOIN scheme s ON s.id = p.scheme_id WHERE s.voided_on IS NULL
)
SELECT id, substr(id, 1, min(instr(id || '?', '?'), instr(id || '@', '@')) - 1)
  FROM (SELECT id FROM asked
        UNION SELECT replace(replace(id, 'hazard.on_time_of_year', 'hazard.accepted_late'), 'hazard.late_of_year', 'hazard.accepted_late')
          FROM asked WHERE id GLOB 'hazard.on_time_of_year*' OR id GLOB 'hazard.late_of_year*');

-- Every countable fact, a view for each root that has any: plain SELECTs over stored intervals, no windows, no date
-- arithmetic, so that the items of one root come from an index. found_by and charged_to are departments by their numbers,
-- the one whose work it is and the one answerable. A unit is '' where nobody has said which, and NULL where it is the
-- other kind's: a report of a department is no town's, not even of 未定镇街. `seat`: the town an enterprise was in on the day; a
-- stock is split where the enterprise moved. What is taken back belongs to the year it was counted in: within that year
-- it is a negative item on the day; in a later year it counts on no day of either (`not_counted` says why).

CREATE VIEW enterprise_item (fact, kind, level, channel, town_code, found_by, charged_to, subject, from_on, until_on, quantity, root, root_id, record, record_id) AS
SELECT 'standard.reached', substr(s.counted_as, length(s.grade) + 1), s.grade, '', COALESCE(r.town_code, ''), '', '', s.enterprise_id, s.announced_on, '9999-12-31', 1, 'enterprise', s.enterprise_id, 'standardization', s.id
  FROM standardization s JOIN residence r ON r.enterprise_id = s.enterprise_id AND r.from_on <= s.announced_on AND s.announced_on < r.until_on
 WHERE s.voided_on IS NULL AND s.renews = 0 AND (s.uncounted_on IS NULL OR substr(s.uncounted_on, 1, 4) = substr(s.announced_on, 1, 4))
UNION ALL
SELECT 'standard.reached', substr(s.counted_as, length(s.grade) + 1), s.grade, '', COALESCE(r.town_code, ''), '', '', s.enterprise_id, s.uncounted_on, '9999-12-31', -1, 'enterprise', s.enterprise_id, 'standardization', s.id
  FROM standardization s JOIN residence r ON r.enterprise_id = s.enterprise_id AND r.from_on <= s.announced_on AND s.announced_on < r.until_on
 WHERE s.voided_on IS NULL AND s.renews = 0 AND substr(s.uncounted_on, 1, 4) = substr(s.announced_on, 1, 4)
UNION ALL
-- A re-review is done of those owed: in the town, and in the year, in which it was owed.
SELECT 'standard.reached', n.kind, n.grade, '', COALESCE(d.town_code, ''), '', '', d.enterprise_id, d.done_on, '9999-12-31', 1, 'enterprise', d.enterprise_id, 'standardization', d.renewal_id
  FROM review_due d JOIN standardization n ON n.id = d.renewal_id WHERE d.done_on IS NOT NULL
UNION ALL
SELECT 'standard.reached', n.kind, n.grade, '', COALESCE(d.town_code, ''), '', '', d.enterprise_id, d.undone_on, '9999-12-31', -1, 'enterprise', d.enterprise_id, 'standardization', d.renewal_id
  FROM review_due d JOIN standardization n ON n.id = d.renewal_id WHERE d.undone_on IS NOT NULL
UNION ALL
SELECT 'standard.review_apart', '', '', '', COALESCE(r.town_code, ''), '', '', s.enterprise_id, s.announced_on, '9999-12-31', 1, 'enterprise', s.enterprise_id, 'standardization', s.id
  FROM standardization s JOIN residence r ON r.enterprise_id = s.enterprise_id AND r.from_on <= s.announced_on AND s.announced_on < r.until_on
 WHERE s.voided_on IS NULL AND s.renews = 1 AND substr(COALESCE(s.uncounted_on, s.announced_on), 1, 4) = substr(s.announced_on, 1, 4)
   AND NOT EXISTS (SELECT 1 FROM review_due d WHERE d.renewal_id = s.id)
UNION ALL
SELECT 'standard.review_apart', '', '', '', COALESCE(r.town_code, ''), '', '', s.enterprise_id, s.uncounted_on, '9999-12-31', -1, 'enterprise', s.enterprise_id, 'standardization', s.id
  FROM standardization s JOIN residence r ON r.enterprise_id = s.enterprise_id AND r.from_on <= s.announced_on AND s.announced_on < r.until_on
 WHERE s.voided_on IS NULL AND s.renews = 1 AND substr(s.uncounted_on, 1, 4) = substr(s.announced_on, 1, 4)
   AND NOT EXISTS (SELECT 1 FROM review_due d WHERE d.renewal_id = s.id)
UNION ALL
SELECT 'standard.underway', s.kind, s.grade, '', COALESCE(r.town_code, ''), '', '', s.enterprise_id, max(s.begun_on, r.from_on), min(COALESCE(s.announced_on, s.abandoned_on, '9999-12-31'), r.until_on), 1, 'enterprise', s.enterprise_id, 'standardization', s.id
  FROM standardization s JOIN residence r ON r.enterprise_id = s.enterprise_id
 WHERE s.voided_on IS NULL AND max(s.begun_on, r.from_on) < min(COALESCE(s.announced_on, s.abandoned_on, '9999-12-31'), r.until_on)
UNION ALL
SELECT 'standard.consulted', s.kind, s.grade, '', COALESCE(r.town_code, ''), '', '', s.enterprise_id, max(s.consulted_on, r.from_on), min(min((substr(s.consulted_on, 1, 4) + 1) || '-01-01', COALESCE(s.abandoned_on, '9999-12-31')), r.until_on), 1, 'enterprise', s.enterprise_id, 'standardization', s.id
  FROM standardization s JOIN residence r ON r.enterprise_id = s.enterprise_id
 WHERE s.voided_on IS NULL AND s.consulted_on IS NOT NULL AND max(s.consulted_on, r.from_on) < min(min((substr(s.consulted_on, 1, 4) + 1) || '-01-01', COALESCE(s.abandoned_on, '9999-12-31')), r.until_on)
UNION ALL
SELECT 'standard.self_assessed', s.kind, s.grade, '', COALESCE(r.town_code, ''), '', '', s.enterprise_id, max(s.self_assessed_on, r.from_on), min(min((substr(s.self_assessed_on, 1, 4) + 1) || '-01-01', COALESCE(s.abandoned_on, '9999-12-31')), r.until_on), 1, 'enterprise', s.enterprise_id, 'standardization', s.id
  FROM standardization s JOIN residence r ON r.enterprise_id = s.enterprise_id
 WHERE s.voided_on IS NULL AND s.self_assessed_on IS NOT NULL AND max(s.self_assessed_on, r.from_on) < min(min((substr(s.self_assessed_on, 1, 4) + 1) || '-01-01', COALESCE(s.abandoned_on, '9999-12-31')), r.until_on)
UNION ALL
SELECT 'standard.applied', s.kind, s.grade, '', COALESCE(r.town_code, ''), '', '', s.enterprise_id, max(s.applied_on, r.from_on), min(min((substr(s.applied_on, 1, 4) + 1) || '-01-01', COALESCE(s.abandoned_on, '9999-12-31')), r.until_on), 1, 'enterprise', s.enterprise_id, 'standardization', s.id
  FROM standardization s JOIN residence r ON r.enterprise_id = s.enterprise_id
 WHERE s.voided_on IS NULL AND s.applied_on IS NOT NULL AND max(s.applied_on, r.from_on) < min(min((substr(s.applied_on, 1, 4) + 1) || '-01-01', COALESCE(s.abandoned_on, '9999-12-31')), r.until_on)
UNION ALL
SELECT 'standard.reviewed', s.kind, s.grade, '', COALESCE(r.town_code, ''), '', '', s.enterprise_id, max(s.reviewed_on, r.from_on), min(min((substr(s.reviewed_on, 1, 4) + 1) || '-01-01', COALESCE(s.abandoned_on, '9999-12-31')), r.until_on), 1, 'enterprise', s.enterprise_id, 'standardization', s.id
  FROM standardization s JOIN residence r ON r.enterprise_id = s.enterprise_id
 WHERE s.voided_on IS NULL AND s.reviewed_on IS NOT NULL AND max(s.reviewed_on, r.from_on) < min(min((substr(s.reviewed_on, 1, 4) + 1) || '-01-01', COALESCE(s.abandoned_on, '9999-12-31')), r.until_on)
UNION ALL
SELECT CASE d.carried WHEN 1 THEN 'standard.review_carried' ELSE 'standard.review_due' END, '', '', '', COALESCE(d.town_code, ''), '', '', d.enterprise_id, d.from_on, d.until_on, 1, 'enterprise', d.enterprise_id, 'standardization', d.standardization_id
  FROM review_due d WHERE d.from_on < d.until_on
UNION ALL
SELECT 'standard.valid', s.kind, s.grade, '', COALESCE(r.town_code, ''), '', '', s.enterprise_id, max(s.announced_on, r.from_on), min(s.valid_until, r.until_on), 1, 'enterprise', s.enterprise_id, 'standardization', s.id
  FROM standardization s JOIN residence r ON r.enterprise_id = s.enterprise_id
 WHERE s.voided_on IS NULL AND max(s.announced_on, r.from_on) < min(s.valid_until, r.until_on)
UNION ALL
-- In the year of enrolment a flow, with what left it taken back; from the next one on a stock.
SELECT 'special.enrolled', p.kind, '', '', COALESCE(d.town_code, ''), '', '', d.enterprise_id, d.from_on, '9999-12-31', 1, 'enterprise', d.enterprise_id, 'programme', p.id
  FROM programme_due d JOIN programme p ON p.id = d.programme_id WHERE d.carried = 0
UNION ALL
SELECT 'special.enrolled', p.kind, '', '', COALESCE(d.town_code, ''), '', '', d.enterprise_id, d.until_on, '9999-12-31', -1, 'enterprise', d.enterprise_id, 'programme', p.id
  FROM programme_due d JOIN programme p ON p.id = d.programme_id
 WHERE d.carried = 0 AND substr(d.until_on, 1, 4) = substr(d.from_on, 1, 4)
UNION ALL
SELECT 'special.carried', p.kind, '', '', COALESCE(d.town_code, ''), '', '', d.enterprise_id, d.from_on, d.until_on, 1, 'enterprise', d.enterprise_id, 'programme', p.id
  FROM programme_due d JOIN programme p ON p.id = d.programme_id WHERE d.carried = 1 AND d.from_on < d.until_on
UNION ALL
SELECT 'special.accepted', p.kind, '', '', COALESCE(d.town_code, ''), '', '', d.enterprise_id, d.done_on, '9999-12-31', 1, 'enterprise', d.enterprise_id, 'programme', p.id
  FROM programme_due d JOIN programme p ON p.id = d.programme_id WHERE d.done_on IS NOT NULL
UNION ALL
SELECT 'special.inspected', p.kind, '', '', COALESCE(r.town_code, ''), '', '', p.enterprise_id, p.inspected_on, '9999-12-31', 1, 'enterprise', p.enterprise_id, 'programme', p.id
  FROM programme p JOIN residence r ON r.enterprise_id = p.enterprise_id AND r.from_on <= p.inspected_on AND p.inspected_on < r.until_on
 WHERE p.voided_on IS NULL
UNION ALL
SELECT 'special.diagnosed', p.kind, '', '', COALESCE(r.town_code, ''), '', '', p.enterprise_id, p.diagnosed_on, '9999-12-31', 1, 'enterprise', p.enterprise_id, 'programme', p.id
  FROM programme p JOIN residence r ON r.enterprise_id = p.enterprise_id AND r.from_on <= p.diagnosed_on AND p.diagnosed_on < r.until_on
 WHERE p.voided_on IS NULL
UNION ALL
SELECT 'special.planned', p.kind, '', '', COALESCE(r.town_code, ''), '', '', p.enterprise_id, p.planned_on, '9999-12-31', 1, 'enterprise', p.enterprise_id, 'programme', p.id
  FROM programme p JOIN residence r ON r.enterprise_id = p.enterprise_id AND r.from_on <= p.planned_on AND p.planned_on < r.until_on
 WHERE p.voided_on IS NULL
UNION ALL
SELECT 'special.rectified', p.kind, '', '', COALESCE(r.town_code, ''), '', '', p.enterprise_id, p.rectified_on, '9999-12-31', 1, 'enterprise', p.enterprise_id, 'programme', p.id
  FROM programme p JOIN residence r ON r.enterprise_id = p.enterprise_id AND r.from_on <= p.rectified_on AND p.rectified_on < r.until_on
 WHERE p.voided_on IS NULL
UNION ALL
SELECT 'special.outcome', p.kind, p.outcome, '', COALESCE(r.town_code, ''), '', '', p.enterprise_id, COALESCE(p.outcome_on, p.accepted_on), '9999-12-31', 1, 'enterprise', p.enterprise_id, 'programme', p.id
  FROM programme p JOIN residence r ON r.enterprise_id = p.enterprise_id AND r.from_on <= COALESCE(p.outcome_on, p.accepted_on)
   AND COALESCE(p.outcome_on, p.accepted_on) < r.until_on
 WHERE p.voided_on IS NULL AND p.outcome IS NOT NULL
UNION ALL
SELECT 'trusteeship.contract', c.kind, '', '', COALESCE(r.town_code, ''), '', '', c.enterprise_id, max(c.from_on, r.from_on), min(c.until_on, r.until_on), 1, 'enterprise', c.enterprise_id, 'trusteeship', c.id
  FROM trusteeship c JOIN residence r ON r.enterprise_id = c.enterprise_id
 WHERE c.voided_on IS NULL AND max(c.from_on, r.from_on) < min(c.until_on, r.until_on)
UNION ALL
SELECT 'trusteeship.visits_agreed', c.kind, '', '', COALESCE(r.town_code, ''), '', '', d.enterprise_id, d.due_on, '9999-12-31', d.visits, 'enterprise', d.enterprise_id, 'trusteeship', d.trusteeship_id
  FROM due_visit d JOIN trusteeship c ON c.id = d.trusteeship_id JOIN residence r ON r.enterprise_id = d.enterprise_id AND r.from_on <= d.due_on AND d.due_on < r.until_on
 WHERE 1
UNION ALL
SELECT 'trusteeship.visits_made', v.kind, '', '', COALESCE(r.town_code, ''), '', '', v.enterprise_id, v.visited_on, '9999-12-31', 1, 'enterprise', v.enterprise_id, 'visit', v.id
  FROM visit v JOIN residence r ON r.enterprise_id = v.enterprise_id AND r.from_on <= v.visited_on AND v.visited_on < r.until_on
 WHERE v.voided_on IS NULL
UNION ALL
SELECT 'health.exposed', '', x.level, '', COALESCE(r.town_code, ''), '', '', d.enterprise_id, max(d.from_on, r.from_on), min(d.until_on, r.until_on), 1, 'enterprise', d.enterprise_id, 'exposure', d.exposure_id
  FROM test_due d JOIN exposure x ON x.id = d.exposure_id JOIN residence r ON r.enterprise_id = d.enterprise_id
 WHERE max(d.from_on, r.from_on) < min(d.until_on, r.until_on)
UNION ALL
SELECT 'health.points_over', '', '', '', COALESCE(r.town_code, ''), '', '', h.enterprise_id, h.reported_on, '9999-12-31', h.points_over, 'enterprise', h.enterprise_id, 'health_test', h.id
  FROM health_test h JOIN residence r ON r.enterprise_id = h.enterprise_id AND r.from_on <= h.reported_on AND h.reported_on < r.until_on
 WHERE h.voided_on IS NULL AND h.points_over > 0
UNION ALL
-- Tested is a part of those to be tested: as long as both hold.
SELECT 'health.tested', '', '', '', COALESCE(r.town_code, ''), '', '', h.enterprise_id, max(h.reported_on, d.from_on, r.from_on), min(h.tested_until, d.until_on, r.until_on), 1, 'enterprise', h.enterprise_id, 'health_test', h.id
  FROM health_test h JOIN test_due d ON d.enterprise_id = h.enterprise_id JOIN residence r ON r.enterprise_id = h.enterprise_id
 WHERE h.voided_on IS NULL AND max(h.reported_on, d.from_on, r.from_on) < min(h.tested_until, d.until_on, r.until_on)
UNION ALL
SELECT 'health.tested_apart', '', '', '', COALESCE(r.town_code, ''), '', '', h.enterprise_id, max(h.reported_on, r.from_on), min(h.tested_until, r.until_on), 1, 'enterprise', h.enterprise_id, 'health_test', h.id
  FROM health_test h JOIN residence r ON r.enterprise_id = h.enterprise_id
 WHERE h.voided_on IS NULL AND max(h.reported_on, r.from_on) < min(h.tested_until, r.until_on)
   AND NOT EXISTS (SELECT 1 FROM test_due d WHERE d.enterprise_id = h.enterprise_id AND d.from_on < h.tested_until AND h.reported_on < d.until_on)
UNION ALL
SELECT 'health.over_limit', '', '', '', COALESCE(r.town_code, ''), '', '', h.enterprise_id, max(h.reported_on, r.from_on), min(h.over_until, r.until_on), 1, 'enterprise', h.enterprise_id, 'health_test', h.id
  FROM health_test h JOIN residence r ON r.enterprise_id = h.enterprise_id
 WHERE h.voided_on IS NULL AND max(h.reported_on, r.from_on) < min(h.over_until, r.until_on)
UNION ALL
SELECT 'health.remedied', '', '', '', COALESCE(r.town_code, ''), '', '', h.enterprise_id, max(h.remedied_from, r.from_on), min(h.remedied_until, r.until_on), 1, 'enterprise', h.enterprise_id, 'health_test', h.id
  FROM health_test h JOIN residence r ON r.enterprise_id = h.enterprise_id
 WHERE h.voided_on IS NULL AND max(h.remedied_from, r.from_on) < min(h.remedied_until, r.until_on)
UNION ALL
SELECT 'equipment.installed', '', '', '', COALESCE(r.town_code, ''), '', '', d.enterprise_id, max(d.installed_on, r.from_on), min(COALESCE(d.removed_on, '9999-12-31'), r.until_on), 1, 'enterprise', d.enterprise_id, 'device', d.id
  FROM device d JOIN residence r ON r.enterprise_id = d.enterprise_id
 WHERE d.voided_on IS NULL AND max(d.installed_on, r.from_on) < min(COALESCE(d.removed_on, '9999-12-31'), r.until_on);

-- workflow/hazard_in_bulk.py repeats these for hazards that come by the thousand: a SELECT more here is one more there.
CREATE VIEW hazard_item (fact, kind, level, channel, town_code, found_by, charged_to, subject, from_on, until_on, quantity, root, root_id, record, record_id) AS
SELECT 'hazard.found', COALESCE(category, ''), level, source, COALESCE(town_code, ''), COALESCE(found_by, ''), COALESCE(charged_to, ''), id, found_on, '9999-12-31', 1, 'hazard', id, 'hazard', id
  FROM hazard WHERE voided_on IS NULL
UNION ALL
-- Within the year what was found passes, with the hazard, to the department it was handed over to.
SELECT 'hazard.found', COALESCE(h.category, ''), h.level, h.source, COALESCE(h.town_code, ''), COALESCE(h.found_by, ''), COALESCE(c.charged_to, ''), h.id, c.until_on, '9999-12-31', -1, 'hazard', c.hazard_id, 'hazard_charge', c.id
  FROM hazard_charge c JOIN hazard h ON h.id = c.hazard_id
 WHERE h.voided_on IS NULL AND substr(c.until_on, 1, 4) = substr(h.found_on, 1, 4)
UNION ALL
SELECT 'hazard.found', COALESCE(h.category, ''), h.level, h.source, COALESCE(h.town_code, ''), COALESCE(h.found_by, ''), COALESCE(c.charged_to, ''), h.id, c.from_on, '9999-12-31', 1, 'hazard', c.hazard_id, 'hazard_charge', c.id
  FROM hazard_charge c JOIN hazard h ON h.id = c.hazard_id
 WHERE h.voided_on IS NULL AND substr(c.from_on, 1, 4) = substr(h.found_on, 1, 4)
UNION ALL
-- What stands is split on the days on which it was handed over: no row of `c`, or one for every day.
SELECT 'hazard.open', COALESCE(h.category, ''), h.level, h.source, COALESCE(h.town_code, ''), COALESCE(h.found_by, ''), COALESCE(c.charged_to, h.charged_to, ''), h.id, max(d.from_on, COALESCE(c.from_on, '0001-01-01')), min(d.until_on, COALESCE(c.until_on, '9999-12-31')), 1, 'hazard', d.hazard_id, 'hazard_deadline', d.id
  FROM hazard_deadline d JOIN hazard h ON h.id = d.hazard_id LEFT JOIN hazard_charge c ON c.hazard_id = d.hazard_id
 WHERE h.voided_on IS NULL AND max(d.from_on, COALESCE(c.from_on, '0001-01-01')) < min(d.until_on, COALESCE(c.until_on, '9999-12-31'))
UNION ALL
SELECT 'hazard.listed', COALESCE(h.category, ''), h.level, h.source, COALESCE(h.town_code, ''), COALESCE(h.found_by, ''), COALESCE(c.charged_to, h.charged_to, ''), h.id, max(s.from_on, COALESCE(c.from_on, '0001-01-01')), min(s.until_on, COALESCE(c.until_on, '9999-12-31')), 1, 'hazard', s.hazard_id, 'supervision', s.id
  FROM supervision s JOIN hazard h ON h.id = s.hazard_id LEFT JOIN hazard_charge c ON c.hazard_id = s.hazard_id
 WHERE h.voided_on IS NULL AND max(s.from_on, COALESCE(c.from_on, '0001-01-01')) < min(s.until_on, COALESCE(c.until_on, '9999-12-31'))
UNION ALL
SELECT 'hazard.accepted_of_year', COALESCE(h.category, ''), h.level, h.source, COALESCE(h.town_code, ''), COALESCE(h.found_by, ''), COALESCE(c.charged_to, h.charged_to, ''), h.id, max(r.accepted_on, COALESCE(c.from_on, '0001-01-01')),
       min(r.until_on, (substr(h.found_on, 1, 4) + 1) || '-01-01', COALESCE(c.until_on, '9999-12-31')), 1, 'hazard', r.hazard_id, 'rectification', r.id
  FROM rectification r JOIN hazard h ON h.id = r.hazard_id LEFT JOIN hazard_charge c ON c.hazard_id = r.hazard_id
 WHERE h.voided_on IS NULL AND r.conclusion = '合格'
   AND max(r.accepted_on, COALESCE(c.from_on, '0001-01-01')) < min(r.until_on, (substr(h.found_on, 1, 4) + 1) || '-01-01', COALESCE(c.until_on, '9999-12-31'))
UNION ALL
-- 到期, then its parts, then what is known of the overdue ones. hazard.accepted_late is no figure of its own: completed by
-- the deadline and accepted after it, it is 按期整改 or 逾期后整改 by the setting 按期以…计 (bulletin/definition.py).
SELECT 'hazard.due_of_year', COALESCE(h.category, ''), h.level, h.source, COALESCE(h.town_code, ''), COALESCE(h.found_by, ''), COALESCE(c.charged_to, h.charged_to, ''), h.id, max(d.from_on, COALESCE(c.from_on, '0001-01-01')), min(d.until_on, COALESCE(c.until_on, '9999-12-31')), 1, 'hazard', d.hazard_id,
       'hazard_deadline', d.hazard_deadline_id
  FROM hazard_due d JOIN hazard h ON h.id = d.hazard_id LEFT JOIN hazard_charge c ON c.hazard_id = d.hazard_id
 WHERE h.voided_on IS NULL AND max(d.from_on, COALESCE(c.from_on, '0001-01-01')) < min(d.until_on, COALESCE(c.until_on, '9999-12-31'))
UNION ALL
SELECT 'hazard.overdue', COALESCE(h.category, ''), h.level, h.source, COALESCE(h.town_code, ''), COALESCE(h.found_by, ''), COALESCE(c.charged_to, h.charged_to, ''), h.id, max(d.from_on, COALESCE(c.from_on, '0001-01-01')), min(d.awaiting_from, COALESCE(c.until_on, '9999-12-31')), 1, 'hazard', d.hazard_id,
       'hazard_deadline', d.hazard_deadline_id
  FROM hazard_due d JOIN hazard h ON h.id = d.hazard_id LEFT JOIN hazard_charge c ON c.hazard_id = d.hazard_id
 WHERE h.voided_on IS NULL AND max(d.from_on, COALESCE(c.from_on, '0001-01-01')) < min(d.awaiting_from, COALESCE(c.until_on, '9999-12-31'))
UNION ALL
SELECT 'hazard.awaiting', COALESCE(h.category, ''), h.level, h.source, COALESCE(h.town_code, ''), COALESCE(h.found_by, ''), COALESCE(c.charged_to, h.charged_to, ''), h.id, max(d.awaiting_from, COALESCE(c.from_on, '0001-01-01')), min(d.done_from, COALESCE(c.until_on, '9999-12-31')), 1, 'hazard', d.hazard_id,
       'rectification', d.rectification_id
  FROM hazard_due d JOIN hazard h ON h.id = d.hazard_id LEFT JOIN hazard_charge c ON c.hazard_id = d.hazard_id
 WHERE h.voided_on IS NULL AND max(d.awaiting_from, COALESCE(c.from_on, '0001-01-01')) < min(d.done_from, COALESCE(c.until_on, '9999-12-31'))
UNION ALL
SELECT CASE WHEN d.done_from = d.due_on THEN 'hazard.on_time_of_year'
            WHEN d.awaiting_from = d.due_on THEN 'hazard.accepted_late' ELSE 'hazard.late_of_year' END, COALESCE(h.category, ''), h.level, h.source,
       COALESCE(h.town_code, ''), COALESCE(h.found_by, ''), COALESCE(c.charged_to, h.charged_to, ''), h.id, max(d.done_from, COALESCE(c.from_on, '0001-01-01')), min(d.until_on, COALESCE(c.until_on, '9999-12-31')), 1, 'hazard', d.hazard_id,
       'rectification', d.rectification_id
  FROM hazard_due d JOIN hazard h ON h.id = d.hazard_id LEFT JOIN hazard_charge c ON c.hazard_id = d.hazard_id
 WHERE h.voided_on IS NULL AND max(d.done_from, COALESCE(c.from_on, '0001-01-01')) < min(d.until_on, COALESCE(c.until_on, '9999-12-31'))
UNION ALL
SELECT 'hazard.overdue_carried', COALESCE(h.category, ''), h.level, h.source, COALESCE(h.town_code, ''), COALESCE(h.found_by, ''), COALESCE(c.charged_to, h.charged_to, ''), h.id, max(d.from_on, (substr(d.due_on, 1, 4) + 1) || '-01-01', COALESCE(c.from_on, '0001-01-01')),
       min(d.awaiting_from, COALESCE(c.until_on, '9999-12-31')), 1, 'hazard', d.hazard_id, 'hazard_deadline', d.hazard_deadline_id
  FROM hazard_due d JOIN hazard h ON h.id = d.hazard_id LEFT JOIN hazard_charge c ON c.hazard_id = d.hazard_id
 WHERE h.voided_on IS NULL AND max(d.from_on, (substr(d.due_on, 1, 4) + 1) || '-01-01', COALESCE(c.from_on, '0001-01-01')) < min(d.awaiting_from, COALESCE(c.until_on, '9999-12-31'))
UNION ALL
SELECT 'hazard.overdue_extended', COALESCE(h.category, ''), h.level, h.source, COALESCE(h.town_code, ''), COALESCE(h.found_by, ''), COALESCE(c.charged_to, h.charged_to, ''), h.id, max(d.from_on, COALESCE(c.from_on, '0001-01-01')), min(d.awaiting_from, COALESCE(c.until_on, '9999-12-31')), 1, 'hazard', d.hazard_id,
       'hazard_deadline', d.hazard_deadline_id
  FROM hazard_due d JOIN hazard h ON h.id = d.hazard_id LEFT JOIN hazard_charge c ON c.hazard_id = d.hazard_id
 WHERE h.voided_on IS NULL AND d.extended = 1 AND max(d.from_on, COALESCE(c.from_on, '0001-01-01')) < min(d.awaiting_from, COALESCE(c.until_on, '9999-12-31'))
UNION ALL
SELECT 'hazard.overdue_sent_back', COALESCE(h.category, ''), h.level, h.source, COALESCE(h.town_code, ''), COALESCE(h.found_by, ''), COALESCE(c.charged_to, h.charged_to, ''), h.id, max(d.from_on, COALESCE(c.from_on, '0001-01-01')), min(d.awaiting_from, COALESCE(c.until_on, '9999-12-31')), 1, 'hazard', d.hazard_id,
       'hazard_deadline', d.hazard_deadline_id
  FROM hazard_due d JOIN hazard h ON h.id = d.hazard_id LEFT JOIN hazard_charge c ON c.hazard_id = d.hazard_id
 WHERE h.voided_on IS NULL AND d.sent_back = 1 AND max(d.from_on, COALESCE(c.from_on, '0001-01-01')) < min(d.awaiting_from, COALESCE(c.until_on, '9999-12-31'));

CREATE VIEW inspection_item (fact, kind, level, channel, town_code, found_by, charged_to, subject, from_on, until_on, quantity, root, root_id, record, record_id) AS
SELECT 'hazard.inspected', '', '', method, COALESCE(town_code, ''), COALESCE(department, ''), '', id, inspected_on, '9999-12-31', 1, 'inspection', id, 'inspection', id
  FROM inspection WHERE voided_on IS NULL;

CREATE VIEW training_item (fact, kind, level, channel, town_code, found_by, charged_to, subject, from_on, until_on, quantity, root, root_id, record, record_id) AS
SELECT 'training.passed', kind, '', '',
       COALESCE(town_code, ''), '', '', id, held_on, '9999-12-31', passed, 'training', id, 'training', id
  FROM training WHERE voided_on IS NULL AND passed > 0;

CREATE VIEW responsible_village_item (fact, kind, level, channel, town_code, found_by, charged_to, subject, from_on, until_on, quantity, root, root_id, record, record_id) AS
SELECT 'village.enrolled', '', '', '', COALESCE(town_code, ''), '', '', id, enrolled_on, '9999-12-31', 1, 'responsible_village', id, 'responsible_village', id
  FROM responsible_village WHERE voided_on IS NULL
UNION ALL
SELECT 'village.accepted', '', '', '', COALESCE(town_code, ''), '', '', id, accepted_on, '9999-12-31', 1, 'responsible_village', id, 'responsible_village', id
  FROM responsible_village WHERE voided_on IS NULL AND conclusion = '合格'
UNION ALL
SELECT 'village.rewarded', '', '', '', COALESCE(town_code, ''), '', '', id, paid_on, '9999-12-31', reward, 'responsible_village', id, 'responsible_village', id
  FROM responsible_village WHERE voided_on IS NULL AND paid_on IS NOT NULL AND reward > 0
UNION ALL
SELECT 'village.guided', '', '', '', COALESCE(p.town_code, ''), '', '', g.enterprise_id, g.guided_on, '9999-12-31', 1, 'responsible_village', p.id, 'guidance', g.id
  FROM guidance g JOIN responsible_village p ON p.id = g.responsible_village_id WHERE g.voided_on IS NULL;

CREATE VIEW enforcement_case_item (fact, kind, level, channel, town_code, found_by, charged_to, subject, from_on, until_on, quantity, root, root_id, record, record_id) AS
SELECT 'case.filed', CASE accident WHEN '是' THEN '事故类' ELSE '非事故类' END, '', '', COALESCE(town_code, ''), COALESCE(department, ''), '', id, filed_on, '9999-12-31', 1, 'enforcement_case', id, 'enforcement_case', id
  FROM enforcement_case WHERE voided_on IS NULL AND (revoked_on IS NULL OR substr(revoked_on, 1, 4) = substr(filed_on, 1, 4))
UNION ALL
SELECT 'case.filed', CASE accident WHEN '是' THEN '事故类' ELSE '非事故类' END, '', '', COALESCE(town_code, ''), COALESCE(department, ''), '', id, revoked_on, '9999-12-31', -1, 'enforcement_case', id, 'enforcement_case', id
  FROM enforcement_case WHERE voided_on IS NULL AND substr(revoked_on, 1, 4) = substr(filed_on, 1, 4)
UNION ALL
SELECT 'case.fined', '非事故类', '', '', COALESCE(town_code, ''), COALESCE(department, ''), '', id, decided_on, '9999-12-31', 1, 'enforcement_case', id, 'enforcement_case', id
  FROM enforcement_case WHERE voided_on IS NULL AND accident = '否' AND decided_on IS NOT NULL AND (revoked_on IS NULL OR substr(revoked_on, 1, 4) = substr(decided_on, 1, 4))
UNION ALL
SELECT 'case.fined', '非事故类', '', '', COALESCE(town_code, ''), COALESCE(department, ''), '', id, revoked_on, '9999-12-31', -1, 'enforcement_case', id, 'enforcement_case', id
  FROM enforcement_case WHERE voided_on IS NULL AND accident = '否' AND substr(revoked_on, 1, 4) = substr(decided_on, 1, 4)
UNION ALL
SELECT 'case.fine', CASE accident WHEN '是' THEN '事故类' ELSE '非事故类' END, '', '', COALESCE(town_code, ''), COALESCE(department, ''), '', id, decided_on, '9999-12-31', fine, 'enforcement_case', id, 'enforcement_case', id
  FROM enforcement_case WHERE voided_on IS NULL AND decided_on IS NOT NULL AND fine > 0 AND (revoked_on IS NULL OR substr(revoked_on, 1, 4) = substr(decided_on, 1, 4))
UNION ALL
SELECT 'case.fine', CASE accident WHEN '是' THEN '事故类' ELSE '非事故类' END, '', '', COALESCE(town_code, ''), COALESCE(department, ''), '', id, revoked_on, '9999-12-31', -fine, 'enforcement_case', id, 'enforcement_case', id
  FROM enforcement_case WHERE voided_on IS NULL AND fine > 0 AND substr(revoked_on, 1, 4) = substr(decided_on, 1, 4)
UNION ALL
SELECT 'case.referred', '非事故类', '', '', COALESCE(town_code, ''), COALESCE(department, ''), '', id, COALESCE(referred_on, decided_on, filed_on), '9999-12-31', referred, 'enforcement_case', id, 'enforcement_case', id
  FROM enforcement_case WHERE voided_on IS NULL AND accident = '否' AND referred > 0
   AND (revoked_on IS NULL OR substr(revoked_on, 1, 4) = substr(COALESCE(referred_on, decided_on, filed_on), 1, 4))
UNION ALL
SELECT 'case.referred', '非事故类', '', '', COALESCE(town_code, ''), COALESCE(department, ''), '', id, revoked_on, '9999-12-31', -referred, 'enforcement_case', id, 'enforcement_case', id
  FROM enforcement_case WHERE voided_on IS NULL AND accident = '否' AND referred > 0
   AND substr(revoked_on, 1, 4) = substr(COALESCE(referred_on, decided_on, filed_on), 1, 4);

CREATE VIEW accident_item (fact, kind, level, channel, town_code, found_by, charged_to, subject, from_on, until_on, quantity, root, root_id, record, record_id) AS
SELECT 'accident.count', sector, '', '', COALESCE(town_code, ''), '', '', id, happened_on, '9999-12-31', 1, 'accident', id, 'accident', id
  FROM accident WHERE voided_on IS NULL AND production = '是' AND (written_off_on IS NULL OR substr(written_off_on, 1, 4) = substr(happened_on, 1, 4))
UNION ALL
SELECT 'accident.count', sector, '', '', COALESCE(town_code, ''), '', '', id, written_off_on, '9999-12-31', -1, 'accident', id, 'accident', id
  FROM accident WHERE voided_on IS NULL AND production = '是' AND substr(written_off_on, 1, 4) = substr(happened_on, 1, 4)
UNION ALL
SELECT 'accident.deaths', a.sector, '', '', COALESCE(a.town_code, ''), '', '', a.id, c.known_on, '9999-12-31', c.deaths_change, 'accident', a.id, 'accident', a.id
  FROM casualties c JOIN accident a ON a.id = c.accident_id
 WHERE a.voided_on IS NULL AND a.production = '是' AND c.deaths_change <> 0 AND (a.written_off_on IS NULL OR substr(a.written_off_on, 1, 4) = substr(c.known_on, 1, 4))
UNION ALL
SELECT 'accident.deaths', a.sector, '', '', COALESCE(a.town_code, ''), '', '', a.id, a.written_off_on, '9999-12-31', -c.deaths_change, 'accident', a.id, 'accident', a.id
  FROM casualties c JOIN accident a ON a.id = c.accident_id
 WHERE a.voided_on IS NULL AND a.production = '是' AND c.deaths_change <> 0 AND substr(a.written_off_on, 1, 4) = substr(c.known_on, 1, 4)
UNION ALL
SELECT 'accident.injured', a.sector, '', '', COALESCE(a.town_code, ''), '', '', a.id, c.known_on, '9999-12-31', c.serious_change, 'accident', a.id, 'accident', a.id
  FROM casualties c JOIN accident a ON a.id = c.accident_id
 WHERE a.voided_on IS NULL AND a.production = '是' AND c.serious_change <> 0 AND (a.written_off_on IS NULL OR substr(a.written_off_on, 1, 4) = substr(c.known_on, 1, 4))
UNION ALL
SELECT 'accident.injured', a.sector, '', '', COALESCE(a.town_code, ''), '', '', a.id, a.written_off_on, '9999-12-31', -c.serious_change, 'accident', a.id, 'accident', a.id
  FROM casualties c JOIN accident a ON a.id = c.accident_id
 WHERE a.voided_on IS NULL AND a.production = '是' AND c.serious_change <> 0 AND substr(a.written_off_on, 1, 4) = substr(c.known_on, 1, 4)
UNION ALL
SELECT 'accident.larger', a.sector, '', '', COALESCE(a.town_code, ''), '', '', a.id, c.known_on, '9999-12-31', c.larger_change, 'accident', a.id, 'accident', a.id
  FROM casualties c JOIN accident a ON a.id = c.accident_id
 WHERE a.voided_on IS NULL AND a.production = '是' AND c.larger_change <> 0 AND (a.written_off_on IS NULL OR substr(a.written_off_on, 1, 4) = substr(c.known_on, 1, 4))
UNION ALL
SELECT 'accident.larger', a.sector, '', '', COALESCE(a.town_code, ''), '', '', a.id, a.written_off_on, '9999-12-31', -c.larger_change, 'accident', a.id, 'accident', a.id
  FROM casualties c JOIN accident a ON a.id = c.accident_id
 WHERE a.voided_on IS NULL AND a.production = '是' AND c.larger_change <> 0 AND substr(a.written_off_on, 1, 4) = substr(c.known_on, 1, 4);

CREATE VIEW filing_item (fact, kind, level, channel, town_code, found_by, charged_to, subject, from_on, until_on, quantity, root, root_id, record, record_id) AS
SELECT CASE WHEN filed_on <= due_on THEN 'report.filed' ELSE 'report.late' END, '', '', '', town_code, department, '', id, filed_on, '9999-12-31', 1, 'filing', id, 'filing', id
  FROM filing WHERE voided_on IS NULL
UNION ALL
SELECT 'report.nil', '', '', '', town_code, department, '', id, filed_on, '9999-12-31', 1, 'filing', id, 'filing', id
  FROM filing WHERE voided_on IS NULL AND nil = '是'
UNION ALL
-- A report counts for the month it is of, whenever it came.
SELECT 'report.of_month', CASE WHEN filed_on <= due_on THEN '按期' ELSE '迟报' END, '', '', town_code, department, '', id, date(month || '-01', '+1 month', '-1 day'), '9999-12-31', 1, 'filing', id, 'filing', id
  FROM filing WHERE voided_on IS NULL;

CREATE VIEW work_item_item (fact, kind, level, channel, town_code, found_by, charged_to, subject, from_on, until_on, quantity, root, root_id, record, record_id) AS
SELECT 'work.done', kind, COALESCE(level, ''), '', CASE WHEN department IS NULL THEN COALESCE(town_code, '') ELSE town_code END,
       CASE WHEN town_code IS NULL THEN COALESCE(department, '') ELSE department END, '', id, done_on, '9999-12-31', times, 'work_item', id, 'work_item', id
  FROM work_item WHERE voided_on IS NULL;

CREATE VIEW monthly_figure_item (fact, kind, level, channel, town_code, found_by, charged_to, subject, from_on, until_on, quantity, root, root_id, record, record_id) AS
SELECT 'figure.reported', kind, '', '', CASE WHEN department IS NULL THEN COALESCE(town_code, '') ELSE town_code END,
       CASE WHEN town_code IS NULL THEN COALESCE(department, '') ELSE department END, '', id, from_on, '9999-12-31', quantity, 'monthly_figure', id, 'monthly_figure', id
  FROM monthly_figure WHERE voided_on IS NULL AND quantity > 0
UNION ALL
SELECT 'figure.standing', kind, '', '', CASE WHEN department IS NULL THEN COALESCE(town_code, '') ELSE town_code END,
       CASE WHEN town_code IS NULL THEN COALESCE(department, '') ELSE department END, '', id, from_on, until_on, quantity, 'monthly_figure', id, 'monthly_figure', id
  FROM monthly_figure WHERE voided_on IS NULL AND quantity > 0;

-- What a county delivered counts for it on the last day of its month. An item names its measure itself, as an opening
-- figure's does: it is counted already, and tells no words.
CREATE VIEW reporting_ledger_item (fact, kind, level, channel, town_code, found_by, charged_to, subject, from_on, until_on, quantity, root, root_id, record, record_id) AS
SELECT s.measure, '', '', '', r.town_code, NULL, NULL, s.id, s.ends_on, '9999-12-31', s.came, 'reporting_ledger', s.reporting_ledger_id, 'delivered_sum', s.id
  FROM delivered_sum s JOIN reporting_ledger r ON r.id = s.reporting_ledger_id
 WHERE r.voided_on IS NULL AND r.replaced_by IS NULL AND s.came <> 0
UNION ALL
SELECT s.measure, '', '', '', r.town_code, NULL, NULL, s.id, s.ends_on, '9999-12-31', -s.went, 'reporting_ledger', s.reporting_ledger_id, 'delivered_sum', s.id
  FROM delivered_sum s JOIN reporting_ledger r ON r.id = s.reporting_ledger_id
 WHERE r.voided_on IS NULL AND r.replaced_by IS NULL AND s.went <> 0;

-- An indicator's measure is the same in every scheme that has it, and a total counts for that one alone.
CREATE VIEW opening_figure_item (fact, kind, level, channel, town_code, found_by, charged_to, subject, from_on, until_on, quantity, root, root_id, record, record_id) AS
SELECT COALESCE((SELECT i.measure FROM shipped_indicator i WHERE i.id = o.indicator),
       (SELECT i.measure FROM scheme_indicator i JOIN scheme s ON s.id = i.scheme_id WHERE i.code = o.indicator AND s.voided_on IS NULL AND s.purpose IS NULL LIMIT 1),
       o.indicator), '', '', '', COALESCE(o.town_code, ''), NULL, NULL, o.id, o.from_on, o.until_on, o.quantity, 'opening_figure', o.id, 'opening_figure', o.id
  FROM opening_figure o WHERE o.voided_on IS NULL AND o.quantity <> 0
UNION ALL
-- What was open when a year ended is due in the next one too: 到期 is no sum of its parts otherwise.
SELECT 'hazard.due_of_year', '', '', '', COALESCE(town_code, ''), NULL, NULL, id, (substr(from_on, 1, 4) + 1) || '-01-01', until_on, quantity, 'opening_figure', id, 'opening_figure', id
  FROM opening_figure WHERE voided_on IS NULL AND quantity <> 0 AND (indicator = 'hazard.overdue' OR indicator = 'hazard.awaiting')
   AND (substr(from_on, 1, 4) + 1) || '-01-01' < until_on
UNION ALL
SELECT 'hazard.overdue_carried', '', '', '', COALESCE(town_code, ''), NULL, NULL, id, (substr(from_on, 1, 4) + 1) || '-01-01', until_on, quantity, 'opening_figure', id, 'opening_figure', id
  FROM opening_figure WHERE voided_on IS NULL AND quantity <> 0 AND indicator = 'hazard.overdue'
   AND (substr(from_on, 1, 4) + 1) || '-01-01' < until_on;

CREATE VIEW fact_item (fact, kind, level, channel, town_code, found_by, charged_to, subject, from_on, until_on, quantity, root, root_id, record, record_id) AS
SELECT * FROM enterprise_item
UNION ALL SELECT * FROM hazard_item
UNION ALL SELECT * FROM inspection_item
UNION ALL SELECT * FROM training_item
UNION ALL SELECT * FROM responsible_village_item
UNION ALL SELECT * FROM enforcement_case_item
UNION ALL SELECT * FROM accident_item
UNION ALL SELECT * FROM filing_item
UNION ALL SELECT * FROM work_item_item
UNION ALL SELECT * FROM monthly_figure_item
UNION ALL SELECT * FROM reporting_ledger_item
UNION ALL SELECT * FROM opening_figure_item;

-- What stands near a figure and does not count, with the reason: read by `explain` only.
CREATE VIEW not_counted (fact, kind, level, channel, town_code, found_by, charged_to, record, record_id, on_day, reason) AS
SELECT 'training.passed', kind, '', '',
       COALESCE(town_code, ''), '', '', 'training', id, held_on,
       CASE WHEN voided_on IS NOT NULL THEN '已作废：' || COALESCE(void_reason, '') ELSE '没有合格人次' END
  FROM training WHERE voided_on IS NOT NULL OR COALESCE(passed, 0) = 0
UNION ALL
SELECT 'hazard.found', COALESCE(category, ''), level, source, COALESCE(town_code, ''), COALESCE(found_by, ''), COALESCE(charged_to, ''), 'hazard', id, found_on, '已作废：' || COALESCE(void_reason, '')
  FROM hazard WHERE voided_on IS NOT NULL
UNION ALL
SELECT 'hazard.open', COALESCE(category, ''), level, source, COALESCE(town_code, ''), COALESCE(found_by, ''), COALESCE(charged_to, ''), 'hazard', id, found_on, '已作废：' || COALESCE(void_reason, '')
  FROM hazard WHERE voided_on IS NOT NULL
UNION ALL
SELECT 'hazard.accepted_of_year', COALESCE(h.category, ''), h.level, h.source, COALESCE(h.town_code, ''), COALESCE(h.found_by, ''),
       COALESCE((SELECT c.charged_to FROM hazard_charge c WHERE c.hazard_id = h.id AND c.from_on <= r.rectified_on AND r.rectified_on < c.until_on), h.charged_to, ''),
       'hazard', h.id, r.rectified_on,
       CASE WHEN r.accepted_on IS NULL THEN '已整改，还没有验收' ELSE '验收不合格' END
  FROM rectification r JOIN hazard h ON h.id = r.hazard_id
 WHERE h.voided_on IS NULL AND (r.conclusion IS NULL OR r.conclusion = '不合格')
UNION ALL
SELECT 'trusteeship.contract', c.kind, '', '', COALESCE(r.town_code, ''), '', '', 'trusteeship', c.id, c.from_on, '已作废：' || COALESCE(c.void_reason, '')
  FROM trusteeship c JOIN residence r ON r.enterprise_id = c.enterprise_id AND r.from_on <= c.from_on AND c.from_on < r.until_on
 WHERE c.voided_on IS NOT NULL
UNION ALL
SELECT 'standard.reached', CASE WHEN s.grade = '二级' THEN '' ELSE s.kind END, s.grade, '', COALESCE(r.town_code, ''), '', '', 'standardization', s.id, s.announced_on, CASE WHEN s.voided_on IS NOT NULL THEN '已作废：' || COALESCE(s.void_reason, '') ELSE s.not_counted END
  FROM standardization s JOIN residence r ON r.enterprise_id = s.enterprise_id AND r.from_on <= s.announced_on AND s.announced_on < r.until_on
 WHERE s.grade <> '一级' AND (s.voided_on IS NOT NULL OR s.not_counted IS NOT NULL)
UNION ALL
SELECT 'standard.reached', substr(s.counted_as, length(s.grade) + 1), s.grade, '', COALESCE(r.town_code, ''), '', '', 'standardization', s.id, s.announced_on, '撤销于' || s.uncounted_on
  FROM standardization s JOIN residence r ON r.enterprise_id = s.enterprise_id AND r.from_on <= s.announced_on AND s.announced_on < r.until_on
 WHERE s.voided_on IS NULL AND s.counted_as IS NOT NULL AND substr(s.uncounted_on, 1, 4) > substr(s.announced_on, 1, 4)
UNION ALL
SELECT CASE d.carried WHEN 1 THEN 'standard.review_carried' ELSE 'standard.review_due' END, '', '', '', COALESCE(d.town_code, ''), '', '', 'standardization', d.standardization_id, d.until_on, d.reason || '，不再应复评'
  FROM review_due d WHERE d.reason IS NOT NULL
UNION ALL
SELECT 'standard.reached', s.kind, s.grade, '', COALESCE(r.town_code, ''), '', '', 'standardization', s.id, s.announced_on, '不在到期名单以内（没有到期的证书），另计为“名单外复评”'
  FROM standardization s JOIN residence r ON r.enterprise_id = s.enterprise_id AND r.from_on <= s.announced_on AND s.announced_on < r.until_on
 WHERE s.voided_on IS NULL AND s.renews = 1 AND substr(COALESCE(s.uncounted_on, s.announced_on), 1, 4) = substr(s.announced_on, 1, 4)
   AND NOT EXISTS (SELECT 1 FROM review_due d WHERE d.renewal_id = s.id)
UNION ALL
SELECT 'standard.reached', s.kind, s.grade, '', COALESCE(d.town_code, ''), '', '', 'standardization', s.id, s.announced_on, '提前复评，计入证书到期的' || substr(d.done_on, 1, 4) || '年'
  FROM review_due d JOIN standardization s ON s.id = d.renewal_id WHERE s.announced_on < d.done_on
UNION ALL
SELECT CASE d.carried WHEN 1 THEN 'special.carried' ELSE 'special.enrolled' END, p.kind, '', '', COALESCE(d.town_code, ''), '', '', 'programme', p.id, d.until_on, d.reason || '，不再应整治'
  FROM programme_due d JOIN programme p ON p.id = d.programme_id WHERE d.reason IS NOT NULL
UNION ALL
SELECT 'health.exposed', '', x.level, '', COALESCE(r.town_code, ''), '', '', 'exposure', d.exposure_id, d.until_on, d.reason || '，不再应检'
  FROM test_due d JOIN exposure x ON x.id = d.exposure_id JOIN residence r ON r.enterprise_id = d.enterprise_id AND r.from_on < d.until_on AND d.until_on <= r.until_on
 WHERE d.reason IS NOT NULL
UNION ALL
SELECT 'health.tested', '', '', '', COALESCE(r.town_code, ''), '', '', 'health_test', h.id, h.reported_on, '不在应检名单以内，另计为“名单外检测”'
  FROM health_test h JOIN residence r ON r.enterprise_id = h.enterprise_id AND r.from_on <= h.reported_on AND h.reported_on < r.until_on
 WHERE h.voided_on IS NULL AND h.tested_until IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM test_due d WHERE d.enterprise_id = h.enterprise_id AND d.from_on < h.tested_until AND h.reported_on < d.until_on)
UNION ALL
SELECT 'special.enrolled', p.kind, '', '', COALESCE(r.town_code, ''), '', '', 'programme', p.id, p.enrolled_on, '已作废：' || COALESCE(p.void_reason, '')
  FROM programme p JOIN residence r ON r.enterprise_id = p.enterprise_id AND r.from_on <= p.enrolled_on AND p.enrolled_on < r.until_on
 WHERE p.voided_on IS NOT NULL
UNION ALL
SELECT 'special.accepted', p.kind, '', '', COALESCE(r.town_code, ''), '', '', 'programme', p.id, COALESCE(p.accepted_on, p.rectified_on), CASE WHEN p.voided_on IS NOT NULL THEN '已作废：' || COALESCE(p.void_reason, '') WHEN p.conclusion = '不合格' THEN '验收不合格' ELSE '已整改，还没有验收' END
  FROM programme p JOIN residence r ON r.enterprise_id = p.enterprise_id AND r.from_on <= COALESCE(p.accepted_on, p.rectified_on) AND COALESCE(p.accepted_on, p.rectified_on) < r.until_on
 WHERE COALESCE(p.accepted_on, p.rectified_on) IS NOT NULL AND (p.voided_on IS NOT NULL OR p.conclusion IS NOT '合格')
UNION ALL
SELECT 'trusteeship.visits_made', v.kind, '', '', COALESCE(r.town_code, ''), '', '', 'visit', v.id, v.visited_on, '已作废：' || COALESCE(v.void_reason, '')
  FROM visit v JOIN residence r ON r.enterprise_id = v.enterprise_id AND r.from_on <= v.visited_on AND v.visited_on < r.until_on
 WHERE v.voided_on IS NOT NULL
UNION ALL
SELECT 'health.exposed', '', x.level, '', COALESCE(r.town_code, ''), '', '', 'exposure', x.id, x.from_on, '已作废：' || COALESCE(x.void_reason, '')
  FROM exposure x JOIN residence r ON r.enterprise_id = x.enterprise_id AND r.from_on <= x.from_on AND x.from_on < r.until_on
 WHERE x.voided_on IS NOT NULL
UNION ALL
SELECT 'health.tested', '', '', '', COALESCE(r.town_code, ''), '', '', 'health_test', h.id, h.reported_on, CASE WHEN h.voided_on IS NOT NULL THEN '已作废：' || COALESCE(h.void_reason, '') ELSE '本年已检过，一家一年只计一次' END
  FROM health_test h JOIN residence r ON r.enterprise_id = h.enterprise_id AND r.from_on <= h.reported_on AND h.reported_on < r.until_on
 WHERE h.voided_on IS NOT NULL OR h.tested_until IS NULL
UNION ALL
SELECT 'equipment.installed', '', '', '', COALESCE(r.town_code, ''), '', '', 'device', d.id, d.installed_on, '已作废：' || COALESCE(d.void_reason, '')
  FROM device d JOIN residence r ON r.enterprise_id = d.enterprise_id AND r.from_on <= d.installed_on AND d.installed_on < r.until_on
 WHERE d.voided_on IS NOT NULL
UNION ALL
SELECT 'hazard.inspected', '', '', method, COALESCE(town_code, ''), COALESCE(department, ''), '', 'inspection', id, inspected_on, '已作废：' || COALESCE(void_reason, '')
  FROM inspection WHERE voided_on IS NOT NULL
UNION ALL
SELECT 'village.enrolled', '', '', '', COALESCE(town_code, ''), '', '', 'responsible_village', id, enrolled_on, '已作废：' || COALESCE(void_reason, '')
  FROM responsible_village WHERE voided_on IS NOT NULL
UNION ALL
SELECT 'village.accepted', '', '', '', COALESCE(town_code, ''), '', '', 'responsible_village', id, accepted_on, CASE WHEN voided_on IS NOT NULL THEN '已作废：' || COALESCE(void_reason, '') ELSE '验收不合格' END
  FROM responsible_village WHERE accepted_on IS NOT NULL AND (voided_on IS NOT NULL OR conclusion = '不合格')
UNION ALL
SELECT 'village.guided', '', '', '', COALESCE(p.town_code, ''), '', '', 'guidance', g.id, g.guided_on, '已作废：' || COALESCE(g.void_reason, '')
  FROM guidance g JOIN responsible_village p ON p.id = g.responsible_village_id WHERE g.voided_on IS NOT NULL
UNION ALL
SELECT 'case.filed', '非事故类', '', '', COALESCE(town_code, ''), COALESCE(department, ''), '', 'enforcement_case', id, filed_on, CASE WHEN voided_on IS NOT NULL THEN '已作废：' || COALESCE(void_reason, '') ELSE '事故类案件，另计' END
  FROM enforcement_case WHERE voided_on IS NOT NULL OR accident = '是'
UNION ALL
SELECT 'case.fined', '非事故类', '', '', COALESCE(town_code, ''), COALESCE(department, ''), '', 'enforcement_case', id, filed_on, '已立案，还没有作出决定'
  FROM enforcement_case WHERE voided_on IS NULL AND accident = '否' AND decided_on IS NULL
UNION ALL
SELECT 'case.filed', CASE accident WHEN '是' THEN '事故类' ELSE '非事故类' END, '', '', COALESCE(town_code, ''), COALESCE(department, ''), '', 'enforcement_case', id, filed_on, '撤销于' || revoked_on || '：' || COALESCE(revoke_reason, '')
  FROM enforcement_case WHERE voided_on IS NULL AND substr(revoked_on, 1, 4) > substr(filed_on, 1, 4)
UNION ALL
SELECT 'case.fined', '非事故类', '', '', COALESCE(town_code, ''), COALESCE(department, ''), '', 'enforcement_case', id, decided_on, '撤销于' || revoked_on || '：' || COALESCE(revoke_reason, '')
  FROM enforcement_case WHERE voided_on IS NULL AND accident = '否' AND substr(revoked_on, 1, 4) > substr(decided_on, 1, 4)
UNION ALL
SELECT 'case.fine', CASE accident WHEN '是' THEN '事故类' ELSE '非事故类' END, '', '', COALESCE(town_code, ''), COALESCE(department, ''), '', 'enforcement_case', id, decided_on, '撤销于' || revoked_on || '：' || COALESCE(revoke_reason, '')
  FROM enforcement_case WHERE voided_on IS NULL AND fine > 0 AND substr(revoked_on, 1, 4) > substr(decided_on, 1, 4)
UNION ALL
SELECT 'case.referred', '非事故类', '', '', COALESCE(town_code, ''), COALESCE(department, ''), '', 'enforcement_case', id, COALESCE(referred_on, decided_on, filed_on), '撤销于' || revoked_on || '：' || COALESCE(revoke_reason, '')
  FROM enforcement_case WHERE voided_on IS NULL AND accident = '否' AND referred > 0 AND substr(revoked_on, 1, 4) > substr(COALESCE(referred_on, decided_on, filed_on), 1, 4)
UNION ALL
SELECT 'case.fine', '非事故类', '', '', COALESCE(town_code, ''), COALESCE(department, ''), '', 'enforcement_case', id, filed_on, CASE WHEN decided_on IS NULL THEN '已立案，还没有作出决定' ELSE '事故类案件，另计' END
  FROM enforcement_case WHERE voided_on IS NULL AND (decided_on IS NULL OR (accident = '是' AND fine > 0))
UNION ALL
SELECT 'accident.count', sector, '', '', COALESCE(town_code, ''), '', '', 'accident', id, happened_on, CASE WHEN voided_on IS NOT NULL THEN '已作废：' || COALESCE(void_reason, '') ELSE '非生产经营性事故' END
  FROM accident WHERE voided_on IS NOT NULL OR production = '否'
UNION ALL
SELECT 'accident.count', sector, '', '', COALESCE(town_code, ''), '', '', 'accident', id, happened_on, '核销于' || written_off_on || '：' || COALESCE(write_off_reason, '')
  FROM accident WHERE voided_on IS NULL AND production = '是' AND substr(written_off_on, 1, 4) > substr(happened_on, 1, 4)
UNION ALL
SELECT 'accident.deaths', a.sector, '', '', COALESCE(a.town_code, ''), '', '', 'accident', a.id, c.known_on, '核销于' || a.written_off_on || '：' || COALESCE(a.write_off_reason, '')
  FROM casualties c JOIN accident a ON a.id = c.accident_id
 WHERE a.voided_on IS NULL AND a.production = '是' AND c.deaths_change <> 0 AND substr(a.written_off_on, 1, 4) > substr(c.known_on, 1, 4)
UNION ALL
SELECT 'accident.injured', a.sector, '', '', COALESCE(a.town_code, ''), '', '', 'accident', a.id, c.known_on, '核销于' || a.written_off_on || '：' || COALESCE(a.write_off_reason, '')
  FROM casualties c JOIN accident a ON a.id = c.accident_id
 WHERE a.voided_on IS NULL AND a.production = '是' AND c.serious_change <> 0 AND substr(a.written_off_on, 1, 4) > substr(c.known_on, 1, 4)
UNION ALL
SELECT 'accident.larger', a.sector, '', '', COALESCE(a.town_code, ''), '', '', 'accident', a.id, c.known_on, '核销于' || a.written_off_on || '：' || COALESCE(a.write_off_reason, '')
  FROM casualties c JOIN accident a ON a.id = c.accident_id
 WHERE a.voided_on IS NULL AND a.production = '是' AND c.larger_change <> 0 AND substr(a.written_off_on, 1, 4) > substr(c.known_on, 1, 4)
UNION ALL
SELECT 'accident.deaths', a.sector, '', '', COALESCE(a.town_code, ''), '', '', 'accident', a.id, c.known_on, '次年续报核减' || (c.deaths - COALESCE((SELECT b.deaths FROM casualties b WHERE b.accident_id = c.accident_id AND b.id < c.id ORDER BY b.id DESC LIMIT 1), 0) - c.deaths_change) || '人'
  FROM casualties c JOIN accident a ON a.id = c.accident_id
 WHERE a.voided_on IS NULL AND a.production = '是' AND c.deaths_change >= 0 AND c.deaths_change < c.deaths - COALESCE((SELECT b.deaths FROM casualties b WHERE b.accident_id = c.accident_id AND b.id < c.id ORDER BY b.id DESC LIMIT 1), 0)
UNION ALL
SELECT 'accident.injured', a.sector, '', '', COALESCE(a.town_code, ''), '', '', 'accident', a.id, c.known_on, '次年续报核减' || (c.serious - COALESCE((SELECT b.serious FROM casualties b WHERE b.accident_id = c.accident_id AND b.id < c.id ORDER BY b.id DESC LIMIT 1), 0) - c.serious_change) || '人'
  FROM casualties c JOIN accident a ON a.id = c.accident_id
 WHERE a.voided_on IS NULL AND a.production = '是' AND c.serious_change >= 0 AND c.serious_change < c.serious - COALESCE((SELECT b.serious FROM casualties b WHERE b.accident_id = c.accident_id AND b.id < c.id ORDER BY b.id DESC LIMIT 1), 0)
UNION ALL
SELECT 'accident.larger', a.sector, '', '', COALESCE(a.town_code, ''), '', '', 'accident', a.id, c.known_on, '次年续报核减，不再是较大及以上'
  FROM casualties c JOIN accident a ON a.id = c.accident_id
 WHERE a.voided_on IS NULL AND a.production = '是' AND c.grade <> '一般' AND c.larger_change = 0
   AND COALESCE((SELECT b.grade FROM casualties b WHERE b.accident_id = c.accident_id AND b.id < c.id ORDER BY b.id DESC LIMIT 1), '一般') = '一般'
UNION ALL
SELECT 'report.filed', '', '', '', town_code, department, '', 'filing', id, filed_on, CASE WHEN voided_on IS NOT NULL THEN '已作废：' || COALESCE(void_reason, '') ELSE '迟于' || due_on END
  FROM filing WHERE voided_on IS NOT NULL OR filed_on > due_on
UNION ALL
SELECT 'work.done', kind, COALESCE(level, ''), '', CASE WHEN department IS NULL THEN COALESCE(town_code, '') ELSE town_code END,
       CASE WHEN town_code IS NULL THEN COALESCE(department, '') ELSE department END, '', 'work_item', id, done_on, '已作废：' || COALESCE(void_reason, '')
  FROM work_item WHERE voided_on IS NOT NULL
UNION ALL
-- Beside what was told stands what was told as 0; beside what stands at a month's end also what was told for months
-- before, which does not go on.
SELECT 'figure.reported', kind, '', '', CASE WHEN department IS NULL THEN COALESCE(town_code, '') ELSE town_code END,
       CASE WHEN town_code IS NULL THEN COALESCE(department, '') ELSE department END, '', 'monthly_figure', id, from_on,
       CASE WHEN voided_on IS NOT NULL THEN '已作废：' || COALESCE(void_reason, '') ELSE substr(month, 1, 4) || '年' || CAST(substr(month, 6) AS INTEGER) || '月报的是0' END
  FROM monthly_figure WHERE voided_on IS NOT NULL OR quantity = 0
UNION ALL
SELECT 'figure.standing', kind, '', '', CASE WHEN department IS NULL THEN COALESCE(town_code, '') ELSE town_code END,
       CASE WHEN town_code IS NULL THEN COALESCE(department, '') ELSE department END, '', 'monthly_figure', id, from_on,
       CASE WHEN voided_on IS NOT NULL THEN '已作废：' || COALESCE(void_reason, '') ELSE substr(month, 1, 4) || '年' || CAST(substr(month, 6) AS INTEGER) || '月报的是0' END
  FROM monthly_figure WHERE voided_on IS NOT NULL OR quantity = 0
UNION ALL
SELECT 'figure.standing', kind, '', '', CASE WHEN department IS NULL THEN COALESCE(town_code, '') ELSE town_code END,
       CASE WHEN town_code IS NULL THEN COALESCE(department, '') ELSE department END, '', 'monthly_figure', id, until_on,
       '是' || substr(month, 1, 4) || '年' || CAST(substr(month, 6) AS INTEGER) || '月的数，' || CAST(substr(until_on, 6, 2) AS INTEGER) ||
       CASE WHEN EXISTS (SELECT 1 FROM monthly_figure n WHERE n.kind = f.kind AND COALESCE(n.town_code, '') = COALESCE(f.town_code, '')
           AND n.month = substr(f.until_on, 1, 7) AND n.voided_on IS NULL) THEN '月的另有上报' ELSE '月没有上报' END
  FROM monthly_figure f WHERE voided_on IS NULL AND quantity > 0
UNION ALL
SELECT 'report.of_month', CASE WHEN filed_on <= due_on THEN '按期' ELSE '迟报' END, '', '', town_code, department, '', 'filing', id, date(month || '-01', '+1 month', '-1 day'), '已作废：' || COALESCE(void_reason, '')
  FROM filing WHERE voided_on IS NOT NULL
UNION ALL
SELECT COALESCE((SELECT i.measure FROM shipped_indicator i WHERE i.id = o.indicator),
       (SELECT i.measure FROM scheme_indicator i JOIN scheme s ON s.id = i.scheme_id WHERE i.code = o.indicator AND s.voided_on IS NULL AND s.purpose IS NULL LIMIT 1),
       o.indicator), '', '', '', COALESCE(o.town_code, ''), NULL, NULL, 'opening_figure', o.id, o.from_on, '已作废：' || COALESCE(o.void_reason, '')
  FROM opening_figure o WHERE o.voided_on IS NOT NULL;

------------------------------------------------------------------------------------------- what is due

-- Everything that has a day by which it is to be done (待办): a second view of the kind of fact_item, plain SELECTs
-- over stored days. An item is to be done from from_on until settled_on (9999-12-31 while it is not done), so that the
-- list of any day can be made; where settled_on is not after from_on there never was anything to do. Of a firm that
-- closed nothing is to be done from that day on. due_on is its last day. `detail` and `subject` say what and of whom,
-- command and handle what is typed for it: behind the command a number, which is shown in its short form, or a name. A
-- firm's items are of the town it is in now. A town's monthly report is not here: that one is missing is no row
-- (bulletin/due.py).
CREATE VIEW due_item (kind, detail, town_code, subject, from_on, due_on, settled_on, command, handle, record, record_id) AS
-- A deadline in force, until the hazard is rectified. A round that was over when the deadline came into force (sent
-- back, or failed) does not end it.
SELECT h.level || '隐患整改', COALESCE((SELECT s.level || '挂牌' FROM supervision s WHERE s.hazard_id = h.id AND s.until_on > d.from_on ORDER BY s.id DESC LIMIT 1), ''),
       COALESCE(h.town_code, ''), e.name, d.from_on, d.deadline_on,
       min(d.until_on, COALESCE((SELECT min(r.rectified_on) FROM rectification r WHERE r.hazard_id = d.hazard_id AND r.until_on > d.from_on
           AND (r.accepted_on IS NULL OR r.accepted_on > d.from_on OR r.rectified_on >= d.from_on)), '9999-12-31'),
           COALESCE((SELECT min(o.from_on) FROM operating_state o WHERE o.enterprise_id = h.enterprise_id AND o.state = '关闭' AND o.until_on = '9999-12-31'), '9999-12-31')),
       '隐患 整改', h.number, 'hazard', h.id
  FROM hazard_deadline d JOIN hazard h ON h.id = d.hazard_id JOIN enterprise e ON e.id = h.enterprise_id
 WHERE h.voided_on IS NULL
UNION ALL
-- What did not pass is to be rectified again, within the same deadline.
SELECT h.level || '隐患整改', COALESCE((SELECT s.level || '挂牌' FROM supervision s WHERE s.hazard_id = h.id AND s.until_on > d.from_on ORDER BY s.id DESC LIMIT 1), ''),
       COALESCE(h.town_code, ''), e.name, r.accepted_on, d.deadline_on,
       min(d.until_on, COALESCE((SELECT min(n.rectified_on) FROM rectification n WHERE n.hazard_id = r.hazard_id AND n.id > r.id), '9999-12-31'),
           COALESCE((SELECT min(o.from_on) FROM operating_state o WHERE o.enterprise_id = h.enterprise_id AND o.state = '关闭' AND o.until_on = '9999-12-31'), '9999-12-31')),
       '隐患 整改', h.number, 'hazard', h.id
  FROM rectification r
  JOIN hazard_deadline d ON d.hazard_id = r.hazard_id AND d.from_on <= r.accepted_on AND r.accepted_on < d.until_on
  JOIN hazard h ON h.id = r.hazard_id JOIN enterprise e ON e.id = h.enterprise_id
 WHERE h.voided_on IS NULL AND r.conclusion = '不合格' AND (r.accepted_on > d.from_on OR r.rectified_on >= d.from_on)
UNION ALL
-- What was rectified is to be accepted, within the deadline in force.
SELECT h.level || '隐患验收', COALESCE((SELECT s.level || '挂牌' FROM supervision s WHERE s.hazard_id = h.id AND s.until_on > d.from_on ORDER BY s.id DESC LIMIT 1), ''),
       COALESCE(h.town_code, ''), e.name, max(r.rectified_on, d.from_on), d.deadline_on, min(COALESCE(r.accepted_on, '9999-12-31'), d.until_on,
           COALESCE((SELECT min(o.from_on) FROM operating_state o WHERE o.enterprise_id = h.enterprise_id AND o.state = '关闭' AND o.until_on = '9999-12-31'), '9999-12-31')),
       '隐患 验收', h.number, 'hazard', h.id
  FROM rectification r JOIN hazard_deadline d ON d.hazard_id = r.hazard_id
  JOIN hazard h ON h.id = r.hazard_id JOIN enterprise e ON e.id = h.enterprise_id
 WHERE h.voided_on IS NULL
UNION ALL
-- A contract's renewal, from its first day on until nobody asks for it any more (rules/trusteeship.py).
SELECT '托管合同到期', c.kind, COALESCE(r.town_code, ''), e.name, c.from_on, c.last_on, c.renewal_settled_on,
       '托管 新增', e.name, 'trusteeship', c.id
  FROM trusteeship c JOIN enterprise e ON e.id = c.enterprise_id
  JOIN residence r ON r.enterprise_id = c.enterprise_id AND r.until_on = '9999-12-31'
 WHERE c.voided_on IS NULL
UNION ALL
-- Visits agreed: the k-th is settled by the k-th that was made, and by the end of the contract.
SELECT '托管服务', c.kind || '第' || (SELECT sum(x.visits) FROM due_visit x WHERE x.trusteeship_id = c.id AND x.due_on <= d.due_on) || '次',
       COALESCE(r.town_code, ''), e.name, c.from_on, d.due_on,
       min(c.until_on, COALESCE((SELECT min(v.visited_on) FROM visit v WHERE v.enterprise_id = c.enterprise_id AND v.kind = c.kind
           AND v.voided_on IS NULL AND c.from_on <= v.visited_on AND v.visited_on < c.until_on
           AND (SELECT count(*) FROM visit w WHERE w.enterprise_id = c.enterprise_id AND w.kind = c.kind AND w.voided_on IS NULL
                 AND c.from_on <= w.visited_on AND w.visited_on <= v.visited_on)
               >= (SELECT sum(x.visits) FROM due_visit x WHERE x.trusteeship_id = c.id AND x.due_on <= d.due_on)), '9999-12-31'),
           COALESCE((SELECT min(o.from_on) FROM operating_state o WHERE o.enterprise_id = c.enterprise_id AND o.state = '关闭' AND o.until_on = '9999-12-31'), '9999-12-31')),
       '服务 新增', e.name, 'trusteeship', c.id
  FROM due_visit d JOIN trusteeship c ON c.id = d.trusteeship_id JOIN enterprise e ON e.id = c.enterprise_id
  JOIN residence r ON r.enterprise_id = c.enterprise_id AND r.until_on = '9999-12-31'
 WHERE c.voided_on IS NULL
UNION ALL
-- Due for re-review until another is announced, or nobody asks for it any more (rules/standardization.py). The list of
-- what is owed (bulletin/owing.py) names only those who have not begun: what is under way stands there by stage.
SELECT s.grade || '证书到期', '应复评', COALESCE(r.town_code, ''), e.name, s.announced_on, date(s.expires_on, '-1 day'),
       min(s.due_until, COALESCE((SELECT min(n.announced_on) FROM standardization n WHERE n.enterprise_id = s.enterprise_id
           AND n.voided_on IS NULL AND n.revoked_on IS NULL AND n.announced_on > s.announced_on), '9999-12-31')),
       '标准化 新增', e.name, 'standardization', s.id
  FROM standardization s JOIN enterprise e ON e.id = s.enterprise_id
  JOIN residence r ON r.enterprise_id = s.enterprise_id AND r.until_on = '9999-12-31'
 WHERE s.voided_on IS NULL AND s.due_from IS NOT NULL
UNION ALL
-- To be tested by the end of the year in which that fell due for the first time, every three years by that day after the
-- last test, and as long as it was not done; the list of what is owed asks each year anew, as the figures do …
SELECT '职业卫生检测', COALESCE('上次' || d.last_test_on || '，满三年（国家卫生健康委令第5号）', ''), COALESCE(r.town_code, ''), e.name, d.from_on, d.due_on,
       min(d.until_on, COALESCE((SELECT min(t.reported_on) FROM health_test t WHERE t.enterprise_id = d.enterprise_id
           AND t.voided_on IS NULL AND t.reported_on >= substr(d.from_on, 1, 4) || '-01-01'), '9999-12-31')),
       '检测 新增', e.name, 'exposure', d.exposure_id
  FROM test_due d JOIN enterprise e ON e.id = d.enterprise_id
  JOIN residence r ON r.enterprise_id = d.enterprise_id AND r.until_on = '9999-12-31'
 WHERE 1
UNION ALL
-- … and again by the end of the year after one with a test.
SELECT '职业卫生检测', '上次' || t.reported_on, COALESCE(r.town_code, ''), e.name, t.tested_until, substr(t.tested_until, 1, 4) || '-12-31',
       min(d.until_on, COALESCE((SELECT min(n.reported_on) FROM health_test n WHERE n.enterprise_id = t.enterprise_id
           AND n.voided_on IS NULL AND n.reported_on >= t.tested_until), '9999-12-31')),
       '检测 新增', e.name, 'exposure', d.exposure_id
  FROM health_test t
  JOIN test_due d ON d.enterprise_id = t.enterprise_id AND d.from_on < t.tested_until AND t.tested_until < d.until_on
  JOIN enterprise e ON e.id = t.enterprise_id
  JOIN residence r ON r.enterprise_id = t.enterprise_id AND r.until_on = '9999-12-31'
 WHERE t.voided_on IS NULL
UNION ALL
-- To be accepted, or to have an outcome, as long as it is owed. In the figures, and in the list of what is owed, one with
-- an outcome stays until it is accepted, unless it was shut down (关停).
SELECT '专项整治验收', p.kind, COALESCE(r.town_code, ''), e.name, p.enrolled_on, substr(p.enrolled_on, 1, 4) || '-12-31',
       min(CASE p.conclusion WHEN '合格' THEN p.accepted_on ELSE '9999-12-31' END, COALESCE(p.outcome_on, '9999-12-31'),
           (SELECT max(d.until_on) FROM programme_due d WHERE d.programme_id = p.id)),
       '整治 修改', p.number, 'programme', p.id
  FROM programme p JOIN enterprise e ON e.id = p.enterprise_id
  JOIN residence r ON r.enterprise_id = p.enterprise_id AND r.until_on = '9999-12-31'
 WHERE p.voided_on IS NULL
UNION ALL
-- A stage of it, by the year's plan; one that comes later is proof of it.
SELECT '专项整治' || g.stage, p.kind, COALESCE(r.town_code, ''), e.name, p.enrolled_on, g.due_on,
       min(COALESCE(CASE g.stage WHEN '排查' THEN p.inspected_on END, CASE WHEN g.stage IN ('排查', '诊断') THEN p.diagnosed_on END,
                    CASE WHEN g.stage <> '整改' THEN p.planned_on END, p.rectified_on, p.accepted_on, '9999-12-31'),
           COALESCE(p.outcome_on, '9999-12-31'), (SELECT max(d.until_on) FROM programme_due d WHERE d.programme_id = p.id)),
       '整治 修改', p.number, 'programme', p.id
  FROM programme_plan g JOIN programme p ON p.kind = g.kind AND substr(p.enrolled_on, 1, 4) = CAST(g.year AS TEXT)
  JOIN enterprise e ON e.id = p.enterprise_id
  JOIN residence r ON r.enterprise_id = p.enterprise_id AND r.until_on = '9999-12-31'
 WHERE p.voided_on IS NULL AND g.voided_on IS NULL
UNION ALL
-- What is to be taken under trusteeship (处置结果 托管, or an office's word that means it), until there is a contract.
SELECT '整治后托管', p.kind, COALESCE(r.town_code, ''), e.name, COALESCE(p.outcome_on, p.accepted_on), date(COALESCE(p.outcome_on, p.accepted_on), '+30 days'),
       min(COALESCE((SELECT min(c.from_on) FROM trusteeship c WHERE c.enterprise_id = p.enterprise_id AND c.voided_on IS NULL
             AND c.until_on > COALESCE(p.outcome_on, p.accepted_on)), '9999-12-31'), COALESCE((SELECT min(o.from_on) FROM operating_state o WHERE o.enterprise_id = p.enterprise_id AND o.state = '关闭' AND o.until_on = '9999-12-31'), '9999-12-31')),
       '托管 新增', e.name, 'programme', p.id
  FROM programme p JOIN enterprise e ON e.id = p.enterprise_id
  JOIN residence r ON r.enterprise_id = p.enterprise_id AND r.until_on = '9999-12-31'
 WHERE p.voided_on IS NULL AND p.conclusion = '合格' AND COALESCE((SELECT w.means FROM term w WHERE w.list = '整治结果' AND w.word = p.outcome
       AND w.voided_on IS NULL AND w.from_on <= COALESCE(p.outcome_on, p.accepted_on) AND COALESCE(p.outcome_on, p.accepted_on) < w.until_on), p.outcome) = '托管'
UNION ALL
-- The answer of a department to which a hazard was handed over, until it is handed on, closed, or its firm is.
SELECT '移交答复', d.name, COALESCE(h.town_code, ''), e.name, c.from_on, c.due_on,
       min(COALESCE(c.answered_on, '9999-12-31'), c.until_on, (SELECT max(x.until_on) FROM hazard_deadline x WHERE x.hazard_id = c.hazard_id),
           COALESCE((SELECT min(o.from_on) FROM operating_state o WHERE o.enterprise_id = h.enterprise_id AND o.state = '关闭' AND o.until_on = '9999-12-31'), '9999-12-31')),
       '隐患 答复', h.number, 'hazard_charge', c.id
  FROM hazard_charge c JOIN hazard h ON h.id = c.hazard_id JOIN enterprise e ON e.id = h.enterprise_id
  JOIN department d ON d.number = c.charged_to
 WHERE h.voided_on IS NULL AND c.due_on IS NOT NULL
UNION ALL
SELECT '责任村年终验收', '', COALESCE(p.town_code, ''), v.name, p.enrolled_on, p.year || '-12-31',
       CASE p.conclusion WHEN '合格' THEN p.accepted_on ELSE '9999-12-31' END,
       '责任村 修改', p.number, 'responsible_village', p.id
  FROM responsible_village p JOIN village v ON v.code = p.village_code
 WHERE p.voided_on IS NULL
UNION ALL
-- Those badly hurt or missing may still die within the days in which casualties are corrected; afterwards it is over.
SELECT '事故续报截止', CASE WHEN c.serious > 0 THEN '重伤' || c.serious || '人' ELSE '下落不明' || a.missing || '人' END,
       COALESCE(a.town_code, ''), a.name, a.happened_on, a.amend_by, min(COALESCE(a.written_off_on, '9999-12-31'), date(a.amend_by, '+1 day')),
       '事故 续报', a.number, 'accident', a.id
  FROM accident a JOIN casualties c ON c.id = (SELECT max(id) FROM casualties WHERE accident_id = a.id)
 WHERE a.voided_on IS NULL AND (c.serious > 0 OR a.missing > 0);

-- Sums of the items by the month and by the day in which they begin (came) and end (went). Kept by the gate. `town_code`
-- holds the unit that the measure is for: a town's code, or a department's number; '' = of none. A row of a
-- month is held against the rows of its days by what came and went, each times the number of the day (`…_by_day`).
CREATE TABLE measure_month (
  month TEXT NOT NULL,
  measure TEXT NOT NULL,
  town_code TEXT NOT NULL,
  came INTEGER NOT NULL,
  went INTEGER NOT NULL,
  came_by_day INTEGER NOT NULL,
  went_by_day INTEGER NOT NULL,
  PRIMARY KEY (month, measure, town_code)
) STRICT, WITHOUT ROWID;

CREATE TABLE measure_day (
  day TEXT NOT NULL,
  measure TEXT NOT NULL,
  town_code TEXT NOT NULL,
  came INTEGER NOT NULL,
  went INTEGER NOT NULL,
  PRIMARY KEY (day, measure, town_code)
) STRICT, WITHOUT ROWID;

-- What the rows of all months are held against: what came and went in all, and each times the number of the month
-- (year × 12 + month).
CREATE TABLE measure_total (
  measure TEXT NOT NULL,
  town_code TEXT NOT NULL,
  came INTEGER NOT NULL,
  went INTEGER NOT NULL,
  came_by_month INTEGER NOT NULL,
  went_by_month INTEGER NOT NULL,
  PRIMARY KEY (measure, town_code)
) STRICT, WITHOUT ROWID;
