-- 安监台账：the ledger whole. The one place where a table, a column, a guard or a view is born.
-- Dates are text YYYY-MM-DD, held against date(…, '+0 days'): plain date() lets 30 February pass. Whatever has a
-- beginning and an end has from_on (included) and until_on (the first day it no longer holds, 9999-12-31 while
-- open). Moments are UTC. Money is integer fen (分). Terms are stored as the field writes them. There is no status
-- column: states are derived from dated facts.

PRAGMA application_id = 1634626097; -- 'anj1'
PRAGMA user_version = 1;

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
  hash TEXT NOT NULL                     -- SHA-256 of previous hash, this operation and content
) STRICT;

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

CREATE TRIGGER operation_stays BEFORE UPDATE ON operation
BEGIN SELECT RAISE(ABORT, 'an operation never changes'); END;
CREATE TRIGGER operation_kept BEFORE DELETE ON operation
BEGIN SELECT RAISE(ABORT, 'an operation is never deleted'); END;
CREATE TRIGGER change_stays BEFORE UPDATE ON change
BEGIN SELECT RAISE(ABORT, 'a change never changes'); END;
CREATE TRIGGER change_kept BEFORE DELETE ON change
BEGIN SELECT RAISE(ABORT, 'a change is never deleted'); END;

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
  ('town', '镇（街、区）', 'town', 'id'),
  ('village', '村（居）', 'village', 'id'),
  ('enterprise', '企业', 'enterprise', 'id'),
  ('former_name', '曾用名', 'enterprise', 'enterprise_id'),
  ('residence', '企业属地', 'enterprise', 'enterprise_id'),
  ('operating_state', '经营状态', 'enterprise', 'enterprise_id'),
  ('enterprise_risk', '风险类别', 'enterprise', 'enterprise_id'),
  ('trusteeship', '托管合同', 'enterprise', 'enterprise_id'),
  ('hazard', '隐患', 'hazard', 'id'),
  ('hazard_deadline', '整改期限', 'hazard', 'hazard_id'),
  ('rectification', '整改', 'hazard', 'hazard_id'),
  ('supervision', '挂牌督办', 'hazard', 'hazard_id'),
  ('training', '培训', 'training', 'id'),
  ('target', '年度任务', 'target', 'id'),
  ('opening_figure', '期初数', 'opening_figure', 'id'),
  ('issued_month', '月份', 'issued_month', 'id'),
  ('month_cell', '月份数字', 'issued_month', 'issued_month_id');

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
  number TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  from_on TEXT NOT NULL CHECK (from_on IS date(from_on, '+0 days')),
  until_on TEXT NOT NULL DEFAULT '9999-12-31' CHECK (until_on IS date(until_on, '+0 days')),
  voided_on TEXT CHECK (voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT,
  CHECK (from_on < until_on)
) STRICT;
CREATE UNIQUE INDEX setting_day ON setting (name, from_on) WHERE voided_on IS NULL;

CREATE TABLE town (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  number TEXT NOT NULL GENERATED ALWAYS AS (code) VIRTUAL,
  code TEXT NOT NULL UNIQUE CHECK (length(code) = 9),
  name TEXT NOT NULL,
  short_name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('镇', '街道', '乡', '功能区')),
  position INTEGER NOT NULL,             -- 机关序
  from_on TEXT NOT NULL DEFAULT '0001-01-01' CHECK (from_on IS date(from_on, '+0 days')),
  until_on TEXT NOT NULL DEFAULT '9999-12-31' CHECK (until_on IS date(until_on, '+0 days')),
  merged_into TEXT REFERENCES town (code),
  voided_on TEXT CHECK (voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT,
  CHECK (from_on < until_on)
) STRICT;

CREATE TABLE village (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  number TEXT NOT NULL GENERATED ALWAYS AS (code) VIRTUAL,
  code TEXT NOT NULL UNIQUE CHECK (length(code) = 12),
  name TEXT NOT NULL,
  town_code TEXT NOT NULL REFERENCES town (code),
  from_on TEXT NOT NULL DEFAULT '0001-01-01' CHECK (from_on IS date(from_on, '+0 days')),
  until_on TEXT NOT NULL DEFAULT '9999-12-31' CHECK (until_on IS date(until_on, '+0 days')),
  merged_into TEXT REFERENCES village (code),
  voided_on TEXT CHECK (voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT,
  CHECK (from_on < until_on)
) STRICT;
CREATE INDEX village_town ON village (town_code);

CREATE TABLE enterprise (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  number TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,                -- the name without spaces and bracket styles, for finding
  credit_code TEXT CHECK (length(credit_code) = 18),
  registration_number TEXT CHECK (length(registration_number) IN (13, 15)),
  no_code_reason TEXT CHECK (no_code_reason IN ('未办理登记', '家庭作坊', '在办', '代码不详')),
  registered_address TEXT,
  operating_address TEXT,
  industry_code TEXT,
  industry_name TEXT,
  size TEXT CHECK (size IN ('大型', '中型', '小型', '微型')),
  employees INTEGER CHECK (employees >= 0),
  principal TEXT,
  safety_officer TEXT,
  phone TEXT,
  grid_officer TEXT,
  registered_on TEXT CHECK (registered_on IS date(registered_on, '+0 days')),
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS date(voided_on, '+0 days')),
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
  enterprise_id INTEGER NOT NULL REFERENCES enterprise,
  town_code TEXT REFERENCES town (code),
  village_code TEXT REFERENCES village (code),
  from_on TEXT NOT NULL DEFAULT '0001-01-01' CHECK (from_on IS date(from_on, '+0 days')),
  until_on TEXT NOT NULL DEFAULT '9999-12-31' CHECK (until_on IS date(until_on, '+0 days')),
  CHECK (from_on < until_on)
) STRICT;
CREATE INDEX residence_enterprise ON residence (enterprise_id);
CREATE INDEX residence_town ON residence (town_code);

-- 停产, 关闭, 搬迁, by date. An enterprise without a row on a day is 在营 on that day.
CREATE TABLE operating_state (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  enterprise_id INTEGER NOT NULL REFERENCES enterprise,
  state TEXT NOT NULL CHECK (state IN ('停产', '关闭', '搬迁')),
  from_on TEXT NOT NULL CHECK (from_on IS date(from_on, '+0 days')),
  until_on TEXT NOT NULL DEFAULT '9999-12-31' CHECK (until_on IS date(until_on, '+0 days')),
  CHECK (from_on < until_on)
) STRICT;
CREATE INDEX operating_state_enterprise ON operating_state (enterprise_id);

CREATE TABLE enterprise_risk (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  enterprise_id INTEGER NOT NULL REFERENCES enterprise,
  kind TEXT NOT NULL CHECK (kind IN ('涉可燃爆粉尘', '有限空间', '喷涂', '涉氨制冷', '冶金', '危险化学品', '胶水',
                                     '矿山', '特种设备', '人员密集场所')),
  UNIQUE (enterprise_id, kind)
) STRICT;

CREATE TABLE trusteeship (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  number TEXT NOT NULL UNIQUE,
  enterprise_id INTEGER NOT NULL REFERENCES enterprise,
  agency TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('喷涂', '涉氨', '涉粉', '小微')),
  contract_number TEXT,
  from_on TEXT NOT NULL CHECK (from_on IS date(from_on, '+0 days')),
  last_on TEXT NOT NULL CHECK (last_on IS date(last_on, '+0 days')),      -- 终止日期（含当日）, as agreed
  ended_on TEXT CHECK (ended_on IS date(ended_on, '+0 days')),            -- 提前终止日期: the first day not in force
  end_reason TEXT,
  until_on TEXT NOT NULL CHECK (until_on IS date(until_on, '+0 days')),   -- the first day not in force, whichever came first
  yearly_fee INTEGER CHECK (yearly_fee >= 0),                  -- fen
  payer TEXT CHECK (payer IN ('企业', '财政', '共担')),
  visits_per_year INTEGER NOT NULL CHECK (visits_per_year >= 0),
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT
) STRICT;
CREATE INDEX trusteeship_enterprise ON trusteeship (enterprise_id);

CREATE TABLE hazard (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  number TEXT NOT NULL UNIQUE,
  enterprise_id INTEGER NOT NULL REFERENCES enterprise,
  town_code TEXT REFERENCES town (code), -- where it was found; it stays there
  found_on TEXT NOT NULL CHECK (found_on IS date(found_on, '+0 days')),
  source TEXT NOT NULL CHECK (source IN ('企业自查', '部门检查', '网格巡查', '中介诊断', '联合执法', '群众举报')),
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
  reported_on TEXT CHECK (reported_on IS date(reported_on, '+0 days')),
  report_cause TEXT,
  report_harm TEXT,
  report_plan TEXT,
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT
) STRICT;
CREATE INDEX hazard_enterprise ON hazard (enterprise_id);
CREATE INDEX hazard_town ON hazard (town_code, found_on);

-- One row per deadline in force. It ends by acceptance or by the next deadline.
CREATE TABLE hazard_deadline (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  hazard_id INTEGER NOT NULL REFERENCES hazard,
  deadline_on TEXT NOT NULL CHECK (deadline_on IS date(deadline_on, '+0 days')),
  late_from TEXT NOT NULL CHECK (late_from IS date(late_from, '+0 days')),      -- the day after the deadline, not before from_on
  from_on TEXT NOT NULL CHECK (from_on IS date(from_on, '+0 days')),
  until_on TEXT NOT NULL DEFAULT '9999-12-31' CHECK (until_on IS date(until_on, '+0 days')),
  ended_by TEXT CHECK (ended_by IN ('验收', '延期')),
  due_on TEXT CHECK (due_on IS date(due_on, '+0 days')),          -- deadline_on; NULL where another deadline took its place before
  settled_on TEXT CHECK (settled_on IS date(settled_on, '+0 days')),            -- the day of the acceptance that settled it
  reason TEXT,                                         -- why extended or sent back
  approved_by TEXT,
  document TEXT,
  CHECK (from_on <= until_on),
  CHECK ((until_on = '9999-12-31') = (ended_by IS NULL))
) STRICT;
CREATE INDEX hazard_deadline_hazard ON hazard_deadline (hazard_id);

-- One round of rectification and acceptance. until_on: the day a qualified one was sent back (退回).
CREATE TABLE rectification (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  hazard_id INTEGER NOT NULL REFERENCES hazard,
  rectified_on TEXT NOT NULL CHECK (rectified_on IS date(rectified_on, '+0 days')),
  measures TEXT,
  funds INTEGER CHECK (funds >= 0),      -- fen
  accepted_on TEXT CHECK (accepted_on IS date(accepted_on, '+0 days')),
  conclusion TEXT CHECK (conclusion IN ('合格', '不合格')),
  accepted_level TEXT CHECK (accepted_level IN ('镇级', '县级', '设区市级', '省级')),
  accepted_unit TEXT,
  accepted_by TEXT,
  failure_reason TEXT,
  until_on TEXT NOT NULL DEFAULT '9999-12-31' CHECK (until_on IS date(until_on, '+0 days')),
  CHECK ((accepted_on IS NULL) = (conclusion IS NULL))
) STRICT;
CREATE INDEX rectification_hazard ON rectification (hazard_id);

-- 挂牌督办: from listing to 核销, which is the acceptance by the level that listed it.
CREATE TABLE supervision (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  hazard_id INTEGER NOT NULL REFERENCES hazard,
  level TEXT NOT NULL CHECK (level IN ('镇级', '县级', '设区市级', '省级')),
  document TEXT,
  from_on TEXT NOT NULL CHECK (from_on IS date(from_on, '+0 days')),
  until_on TEXT NOT NULL DEFAULT '9999-12-31' CHECK (until_on IS date(until_on, '+0 days')),
  CHECK (from_on <= until_on)
) STRICT;
CREATE INDEX supervision_hazard ON supervision (hazard_id);

CREATE TABLE training (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  number TEXT NOT NULL UNIQUE,
  town_code TEXT REFERENCES town (code),
  held_on TEXT NOT NULL CHECK (held_on IS date(held_on, '+0 days')),
  kind TEXT NOT NULL CHECK (kind IN ('主要负责人', '安全管理人员', '特种作业人员', '其他从业人员', '网格员')),
  title TEXT NOT NULL,
  hours INTEGER CHECK (hours >= 0),
  attended INTEGER NOT NULL CHECK (attended >= 0),
  passed INTEGER CHECK (passed >= 0),
  organiser TEXT,
  enterprise_id INTEGER REFERENCES enterprise,
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT
) STRICT;
CREATE INDEX training_town ON training (town_code, held_on);

-- 年度任务. town_code NULL = the county's own task from above; quantity NULL = withdrawn from from_on.
CREATE TABLE target (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  number TEXT NOT NULL UNIQUE,
  year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2199),
  indicator TEXT NOT NULL REFERENCES indicator,
  town_code TEXT REFERENCES town (code),
  quantity INTEGER CHECK (quantity >= 0),
  document TEXT NOT NULL,
  from_on TEXT NOT NULL CHECK (from_on IS date(from_on, '+0 days')),
  until_on TEXT NOT NULL DEFAULT '9999-12-31' CHECK (until_on IS date(until_on, '+0 days')),
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT,
  CHECK (from_on < until_on)
) STRICT;
CREATE UNIQUE INDEX target_day ON target (indicator, COALESCE(town_code, ''), year, from_on) WHERE voided_on IS NULL;

-- 期初数: a total known without its records. For a flow: what happened from period_from to from_on (both
-- included), counted on from_on. For a stock: what held on from_on, until until_on.
CREATE TABLE opening_figure (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  number TEXT NOT NULL UNIQUE,
  indicator TEXT NOT NULL REFERENCES indicator,
  town_code TEXT REFERENCES town (code),
  from_on TEXT NOT NULL CHECK (from_on IS date(from_on, '+0 days')),
  until_on TEXT NOT NULL DEFAULT '9999-12-31' CHECK (until_on IS date(until_on, '+0 days')),
  period_from TEXT CHECK (period_from IS date(period_from, '+0 days')),   -- flows only
  cumulative INTEGER NOT NULL,           -- as typed: since 1 January (flow) or on the day (stock)
  quantity INTEGER NOT NULL,             -- what is counted: less the totals before it, less what was written down
  written_down INTEGER NOT NULL DEFAULT 0 CHECK (written_down >= 0),
  last_rank INTEGER CHECK (last_rank > 0),
  source TEXT NOT NULL,
  remark TEXT,
  voided_on TEXT CHECK (voided_on IS date(voided_on, '+0 days')),
  void_reason TEXT,
  CHECK (from_on < until_on),
  CHECK (period_from <= from_on)
) STRICT;
CREATE UNIQUE INDEX opening_figure_day ON opening_figure (indicator, COALESCE(town_code, ''), from_on)
  WHERE voided_on IS NULL;

-- A month whose figures were locked (定稿) and then issued (印发).
CREATE TABLE issued_month (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  number TEXT NOT NULL GENERATED ALWAYS AS (month) VIRTUAL,
  month TEXT NOT NULL UNIQUE CHECK (month || '-01' IS date(month || '-01', '+0 days')),
  as_of TEXT NOT NULL CHECK (as_of IS date(as_of, '+0 days')),
  closed_on TEXT NOT NULL CHECK (closed_on IS date(closed_on, '+0 days')),
  head INTEGER NOT NULL REFERENCES operation,   -- the last operation whose facts are in it
  head_hash TEXT NOT NULL,
  definition TEXT NOT NULL,              -- SHA-256 of the indicators' definition in force
  program_version TEXT NOT NULL,
  bulletin TEXT NOT NULL,                -- the bulletin as a JSON value: printed again from here
  issued_on TEXT CHECK (issued_on IS date(issued_on, '+0 days')),
  document_number TEXT,
  CHECK ((issued_on IS NULL) = (document_number IS NULL))
) STRICT;

CREATE TABLE month_cell (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  issued_month_id INTEGER NOT NULL REFERENCES issued_month,
  indicator TEXT NOT NULL REFERENCES indicator,
  town_code TEXT NOT NULL,               -- '' = 未定镇街
  done INTEGER NOT NULL,
  this_month INTEGER,                    -- NULL = not known
  target INTEGER,
  rank INTEGER
) STRICT;
CREATE INDEX month_cell_month ON month_cell (issued_month_id);

------------------------------------------------------------------------------------------- listings

-- One view a record type, with the names of its fields: what `list`, `show` and `export` read. What is kept by
-- date stands there as it is last known.

CREATE VIEW setting_listing AS
SELECT id, number, name, value, NULLIF(from_on, '0001-01-01') AS from_on, NULLIF(until_on, '9999-12-31') AS until_on, NULL AS town_code, voided_on, void_reason
  FROM setting;

CREATE VIEW town_listing AS
SELECT id, number, code, name, short_name, kind, position, NULLIF(from_on, '0001-01-01') AS from_on,
       NULLIF(until_on, '9999-12-31') AS until_on, merged_into, code AS town_code, voided_on, void_reason
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
       e.registered_on, e.remark, r.town_code, e.voided_on, e.void_reason
  FROM enterprise e
  JOIN residence r ON r.enterprise_id = e.id AND r.until_on = '9999-12-31'
  LEFT JOIN town t ON t.code = r.town_code
  LEFT JOIN village v ON v.code = r.village_code;

CREATE VIEW hazard_listing AS
SELECT h.id, h.number, t.name AS town, e.name AS enterprise, e.credit_code, h.found_on, h.source, h.level, h.description,
       h.deadline_on, h.category, h.basis, h.document, h.responsible, h.measures, h.funds, h.contingency_plan, h.reported_on,
       s.level AS supervision_level, s.document AS supervision_document, s.from_on AS supervised_on,
       r.rectified_on, r.accepted_on, r.accepted_unit, r.accepted_by, r.conclusion, r.failure_reason, h.remark,
       d.deadline_on AS deadline_in_force,
       CASE WHEN h.voided_on IS NOT NULL THEN '已作废' WHEN d.ended_by = '验收' THEN '已销号'
            WHEN r.id IS NOT NULL AND r.conclusion IS NULL THEN '待验收' ELSE '待整改' END AS stage,
       h.town_code, h.voided_on, h.void_reason
  FROM hazard h
  JOIN enterprise e ON e.id = h.enterprise_id
  LEFT JOIN town t ON t.code = h.town_code
  LEFT JOIN hazard_deadline d ON d.id = (SELECT max(id) FROM hazard_deadline WHERE hazard_id = h.id)
  LEFT JOIN rectification r ON r.id = (SELECT max(id) FROM rectification WHERE hazard_id = h.id)
  LEFT JOIN supervision s ON s.id = (SELECT max(id) FROM supervision WHERE hazard_id = h.id);

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
       e.name AS enterprise, r.remark, r.town_code, r.voided_on, r.void_reason
  FROM training r LEFT JOIN town t ON t.code = r.town_code LEFT JOIN enterprise e ON e.id = r.enterprise_id;

CREATE VIEW target_listing AS
SELECT g.id, g.number, g.year, i.short AS indicator, COALESCE(t.name, '全市') AS town, g.quantity, g.document, g.from_on,
       NULLIF(g.until_on, '9999-12-31') AS until_on, g.remark, g.town_code, g.voided_on, g.void_reason
  FROM target g JOIN indicator i ON i.id = g.indicator LEFT JOIN town t ON t.code = g.town_code;

CREATE VIEW opening_figure_listing AS
SELECT o.id, o.number, i.short AS indicator, COALESCE(t.name, '全市') AS town, o.from_on,
       CASE WHEN i.unit <> '分' THEN CAST(o.cumulative AS TEXT)
            WHEN o.cumulative % 100 = 0 THEN (o.cumulative / 100) || '元'
            ELSE printf('%d.%02d元', o.cumulative / 100, o.cumulative % 100) END AS cumulative,
       o.source, o.last_rank, o.remark, o.quantity, o.written_down, o.town_code, o.voided_on, o.void_reason
  FROM opening_figure o JOIN indicator i ON i.id = o.indicator LEFT JOIN town t ON t.code = o.town_code;

------------------------------------------------------------------------------------------- indicators

CREATE TABLE category (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  position INTEGER NOT NULL,
  scored INTEGER NOT NULL CHECK (scored IN (0, 1))
) STRICT, WITHOUT ROWID;
INSERT INTO category VALUES
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

-- kind: flow = sum of items whose from_on lies in the year to date; stock = from_on <= as_of < until_on;
-- distinct = different subjects of the stocks of its category; counted = towns whose cell of `counts` is above 0.
-- of_year: a stock that ends on 1 January. against: 'target', another indicator, or nothing.
CREATE TABLE indicator (
  id TEXT PRIMARY KEY,
  category TEXT NOT NULL REFERENCES category,
  short TEXT NOT NULL UNIQUE,            -- the word in a cell's code, as in 10-江南-涉氨
  title TEXT NOT NULL,
  unit TEXT NOT NULL,                    -- 分 is shown in 万元
  kind TEXT NOT NULL CHECK (kind IN ('flow', 'stock', 'distinct', 'counted')),
  of_year INTEGER NOT NULL DEFAULT 0 CHECK (of_year IN (0, 1)),
  ranked INTEGER NOT NULL DEFAULT 0 CHECK (ranked IN (0, 1)),
  against TEXT,
  counts TEXT,
  position INTEGER NOT NULL UNIQUE,
  CHECK (ranked = 0 OR against IS NOT NULL)
) STRICT, WITHOUT ROWID;
INSERT INTO indicator VALUES
  ('training.负责人', 'training', '负责人', '主要负责人培训合格', '人次', 'flow', 0, 1, 'target', NULL, 101),
  ('training.管理人员', 'training', '管理人员', '安全管理人员培训合格', '人次', 'flow', 0, 1, 'target', NULL, 102),
  ('training.特种作业', 'training', '特种作业', '特种作业人员培训合格', '人次', 'flow', 0, 1, 'target', NULL, 103),
  ('training.其他', 'training', '其他人员', '其他从业人员培训合格', '人次', 'flow', 0, 1, 'target', NULL, 104),
  ('training.网格员', 'training', '网格员', '网格员培训合格', '人次', 'flow', 0, 1, 'target', NULL, 105),
  ('standard.reached.三级新创', 'standard', '三级新创', '三级标准化新创达标', '家', 'flow', 0, 1, 'target', NULL, 201),
  ('standard.reached.三级复评', 'standard', '三级复评', '三级标准化复评达标', '家', 'flow', 0, 1, 'standard.review_due', NULL, 202),
  ('standard.reached.二级', 'standard', '二级达标', '二级标准化达标', '家', 'flow', 0, 1, 'target', NULL, 203),
  ('standard.underway.三级', 'standard', '三级在创', '三级标准化正在创建', '家', 'stock', 0, 0, NULL, NULL, 204),
  ('standard.underway.二级', 'standard', '二级在创', '二级标准化正在创建', '家', 'stock', 0, 0, NULL, NULL, 205),
  ('standard.review_due', 'standard', '到期复评', '标准化到期应复评', '家', 'stock', 1, 0, NULL, NULL, 206),
  ('standard.stage.复评.咨询', 'standard', '复评咨询', '复评进入咨询阶段', '家', 'stock', 1, 0, NULL, NULL, 207),
  ('standard.stage.复评.自评', 'standard', '复评自评', '复评进入自评阶段', '家', 'stock', 1, 0, NULL, NULL, 208),
  ('standard.stage.复评.申请', 'standard', '复评申请', '复评进入申请阶段', '家', 'stock', 1, 0, NULL, NULL, 209),
  ('standard.stage.复评.评审', 'standard', '复评评审', '复评进入评审阶段', '家', 'stock', 1, 0, NULL, NULL, 210),
  ('standard.towns_in_review', 'standard', '评审镇数', '复评进入评审阶段的镇（街、区）', '个', 'counted', 0, 0, NULL, 'standard.stage.复评.评审', 211),
  ('standard.valid.三级', 'standard', '三级有效', '三级标准化证书有效', '家', 'stock', 0, 0, NULL, NULL, 212),
  ('standard.valid.二级', 'standard', '二级有效', '二级标准化证书有效', '家', 'stock', 0, 0, NULL, NULL, 213),
  ('village.enrolled', 'village', '责任村创建', '列入创建的主体责任村', '个', 'flow', 0, 0, NULL, NULL, 301),
  ('village.guided', 'village', '指导企业', '责任村指导小微企业', '家', 'flow', 0, 0, NULL, NULL, 302),
  ('village.accepted', 'village', '责任村验收', '主体责任村验收合格', '个', 'flow', 0, 1, 'target', NULL, 303),
  ('village.rewarded', 'village', '责任村奖励', '主体责任村奖励资金', '分', 'flow', 0, 0, NULL, NULL, 304),
  ('special.enrolled.喷涂', 'special', '列入喷涂', '列入整治的喷涂企业', '家', 'flow', 0, 0, NULL, NULL, 401),
  ('special.accepted.喷涂', 'special', '整治喷涂', '喷涂企业整治验收', '家', 'flow', 0, 1, 'special.enrolled.喷涂', NULL, 402),
  ('special.enrolled.胶水', 'special', '列入胶水', '列入整治的胶水企业', '家', 'flow', 0, 0, NULL, NULL, 403),
  ('special.accepted.胶水', 'special', '整治胶水', '胶水企业整治验收', '家', 'flow', 0, 1, 'special.enrolled.胶水', NULL, 404),
  ('special.enrolled.涉粉', 'special', '列入涉粉', '列入整治的涉粉企业', '家', 'flow', 0, 0, NULL, NULL, 405),
  ('special.accepted.涉粉', 'special', '整治涉粉', '涉粉企业整治验收', '家', 'flow', 0, 1, 'special.enrolled.涉粉', NULL, 406),
  ('special.enrolled.涉氨', 'special', '列入涉氨', '列入整治的涉氨企业', '家', 'flow', 0, 0, NULL, NULL, 407),
  ('special.accepted.涉氨', 'special', '整治涉氨', '涉氨企业整治验收', '家', 'flow', 0, 1, 'special.enrolled.涉氨', NULL, 408),
  ('special.enrolled.有限空间', 'special', '列入有限空间', '列入整治的有限空间企业', '家', 'flow', 0, 0, NULL, NULL, 409),
  ('special.accepted.有限空间', 'special', '整治有限空间', '有限空间企业整治验收', '家', 'flow', 0, 1, 'special.enrolled.有限空间', NULL, 410),
  ('special.enrolled.冶金', 'special', '列入冶金', '列入整治的冶金企业', '家', 'flow', 0, 0, NULL, NULL, 411),
  ('special.accepted.冶金', 'special', '整治冶金', '冶金企业整治验收', '家', 'flow', 0, 1, 'special.enrolled.冶金', NULL, 412),
  ('special.enrolled.危化', 'special', '列入危化', '列入整治的危化企业', '家', 'flow', 0, 0, NULL, NULL, 413),
  ('special.accepted.危化', 'special', '整治危化', '危化企业整治验收', '家', 'flow', 0, 1, 'special.enrolled.危化', NULL, 414),
  ('special.outcome.整治', 'special', '结果整治', '整治结果：整治', '家', 'flow', 0, 0, NULL, NULL, 421),
  ('special.outcome.提升', 'special', '结果提升', '整治结果：提升', '家', 'flow', 0, 0, NULL, NULL, 422),
  ('special.outcome.托管', 'special', '结果托管', '整治结果：托管', '家', 'flow', 0, 0, NULL, NULL, 423),
  ('special.outcome.关停', 'special', '结果关停', '整治结果：关停', '家', 'flow', 0, 0, NULL, NULL, 424),
  ('trusteeship.喷涂', 'trusteeship', '喷涂', '喷涂企业在托管', '家', 'stock', 0, 1, 'target', NULL, 501),
  ('trusteeship.涉氨', 'trusteeship', '涉氨', '涉氨企业在托管', '家', 'stock', 0, 1, 'target', NULL, 502),
  ('trusteeship.涉粉', 'trusteeship', '涉粉', '涉粉企业在托管', '家', 'stock', 0, 1, 'target', NULL, 503),
  ('trusteeship.小微', 'trusteeship', '小微', '小微企业在托管', '家', 'stock', 0, 1, 'target', NULL, 504),
  ('trusteeship.enterprises', 'trusteeship', '托管企业', '在托管企业（去重）', '家', 'distinct', 0, 0, NULL, NULL, 505),
  ('trusteeship.visits_agreed', 'trusteeship', '约定服务', '约定服务次数', '次', 'flow', 0, 0, NULL, NULL, 506),
  ('trusteeship.visits_made', 'trusteeship', '完成服务', '完成服务次数', '次', 'flow', 0, 0, NULL, NULL, 507),
  ('health.exposed', 'health', '应检', '职业卫生应检测企业', '家', 'stock', 1, 0, NULL, NULL, 601),
  ('health.tested', 'health', '已检', '职业卫生已检测企业', '家', 'stock', 1, 1, 'health.exposed', NULL, 602),
  ('health.over_limit', 'health', '检测超标', '检测结果超标企业', '家', 'stock', 1, 0, NULL, NULL, 603),
  ('health.remedied', 'health', '超标整改', '超标已整改企业', '家', 'stock', 1, 0, NULL, NULL, 604),
  ('hazard.found', 'hazard', '排查隐患', '排查隐患', '条', 'flow', 0, 0, NULL, NULL, 701),
  ('hazard.accepted_of_year', 'hazard', '已销号', '当年发现已验收销号', '条', 'stock', 1, 0, 'hazard.found', NULL, 702),
  ('hazard.open', 'hazard', '未销号', '未验收销号隐患', '条', 'stock', 0, 0, NULL, NULL, 703),
  ('hazard.overdue', 'hazard', '逾期', '逾期未整改隐患', '条', 'stock', 0, 0, NULL, NULL, 704),
  ('hazard.listed', 'hazard', '挂牌', '挂牌督办在办隐患', '条', 'stock', 0, 0, NULL, NULL, 705),
  ('hazard.due_of_year', 'hazard', '到期隐患', '当年到期应整改隐患', '条', 'stock', 1, 0, NULL, NULL, 706),
  ('hazard.on_time_of_year', 'hazard', '按期整改', '按期整改隐患', '条', 'stock', 1, 0, 'hazard.due_of_year', NULL, 707),
  ('hazard.late_of_year', 'hazard', '逾期后整改', '逾期后整改隐患', '条', 'stock', 1, 0, NULL, NULL, 708),
  ('case.filed', 'case', '立案', '非事故类立案处罚', '起', 'flow', 0, 0, NULL, NULL, 801),
  ('case.fined', 'case', '处罚', '作出处罚决定', '起', 'flow', 0, 0, NULL, NULL, 802),
  ('case.fine', 'case', '罚款', '处罚金额', '分', 'flow', 0, 0, NULL, NULL, 803),
  ('case.referred', 'case', '追刑', '建议追究刑事责任', '人', 'flow', 0, 0, NULL, NULL, 804),
  ('accident.count', 'accident', '事故起数', '生产安全事故起数', '起', 'flow', 0, 0, NULL, NULL, 901),
  ('accident.deaths', 'accident', '死亡人数', '生产安全事故死亡', '人', 'flow', 0, 0, NULL, NULL, 902),
  ('accident.injured', 'accident', '受伤人数', '生产安全事故重伤', '人', 'flow', 0, 0, NULL, NULL, 903),
  ('equipment.智慧用电', 'equipment', '智慧用电', '智慧式用电安全管理系统已安装', '家', 'stock', 0, 1, 'target', NULL, 1001),
  ('report.filed', 'report', '报送', '按期报送', '次', 'flow', 0, 0, NULL, NULL, 1101),
  ('report.nil', 'report', '零报告', '零报告', '次', 'flow', 0, 0, NULL, NULL, 1102),
  ('report.late', 'report', '迟报', '迟报', '次', 'flow', 0, 0, NULL, NULL, 1103);

-- Every countable fact. Plain SELECTs over stored intervals: no windows, no date arithmetic, so that the items of
-- one root come from an index.
CREATE VIEW indicator_item (indicator, town_code, subject, from_on, until_on, quantity, root, root_id, record, record_id) AS
SELECT 'training.' || CASE kind WHEN '主要负责人' THEN '负责人' WHEN '安全管理人员' THEN '管理人员'
                                WHEN '特种作业人员' THEN '特种作业' WHEN '其他从业人员' THEN '其他' ELSE '网格员' END,
       COALESCE(town_code, ''), id, held_on, '9999-12-31', passed, 'training', id, 'training', id
  FROM training WHERE voided_on IS NULL AND passed > 0
UNION ALL
SELECT 'hazard.found', COALESCE(town_code, ''), id, found_on, '9999-12-31', 1, 'hazard', id, 'hazard', id
  FROM hazard WHERE voided_on IS NULL
UNION ALL
SELECT 'hazard.open', COALESCE(h.town_code, ''), h.id, d.from_on, d.until_on, 1, 'hazard', d.hazard_id, 'hazard_deadline', d.id
  FROM hazard_deadline d JOIN hazard h ON h.id = d.hazard_id
 WHERE h.voided_on IS NULL AND d.from_on < d.until_on
UNION ALL
SELECT 'hazard.overdue', COALESCE(h.town_code, ''), h.id, d.late_from, d.until_on, 1, 'hazard', d.hazard_id, 'hazard_deadline', d.id
  FROM hazard_deadline d JOIN hazard h ON h.id = d.hazard_id
 WHERE h.voided_on IS NULL AND d.late_from < d.until_on
UNION ALL
SELECT 'hazard.listed', COALESCE(h.town_code, ''), h.id, s.from_on, s.until_on, 1, 'hazard', s.hazard_id, 'supervision', s.id
  FROM supervision s JOIN hazard h ON h.id = s.hazard_id
 WHERE h.voided_on IS NULL AND s.from_on < s.until_on
UNION ALL
SELECT 'hazard.accepted_of_year', COALESCE(h.town_code, ''), h.id, r.accepted_on,
       min(r.until_on, (substr(h.found_on, 1, 4) + 1) || '-01-01'), 1, 'hazard', r.hazard_id, 'rectification', r.id
  FROM rectification r JOIN hazard h ON h.id = r.hazard_id
 WHERE h.voided_on IS NULL AND r.conclusion = '合格'
   AND r.accepted_on < min(r.until_on, (substr(h.found_on, 1, 4) + 1) || '-01-01')
UNION ALL
SELECT 'hazard.due_of_year', COALESCE(h.town_code, ''), h.id, d.due_on, (substr(d.due_on, 1, 4) + 1) || '-01-01', 1,
       'hazard', d.hazard_id, 'hazard_deadline', d.id
  FROM hazard_deadline d JOIN hazard h ON h.id = d.hazard_id
 WHERE h.voided_on IS NULL AND d.due_on IS NOT NULL
UNION ALL
SELECT 'hazard.on_time_of_year', COALESCE(h.town_code, ''), h.id, d.due_on, (substr(d.due_on, 1, 4) + 1) || '-01-01', 1,
       'hazard', d.hazard_id, 'hazard_deadline', d.id
  FROM hazard_deadline d JOIN hazard h ON h.id = d.hazard_id
 WHERE h.voided_on IS NULL AND d.settled_on <= d.due_on
UNION ALL
SELECT 'hazard.late_of_year', COALESCE(h.town_code, ''), h.id, d.settled_on, (substr(d.due_on, 1, 4) + 1) || '-01-01', 1,
       'hazard', d.hazard_id, 'hazard_deadline', d.id
  FROM hazard_deadline d JOIN hazard h ON h.id = d.hazard_id
 WHERE h.voided_on IS NULL AND d.settled_on > d.due_on AND d.settled_on < (substr(d.due_on, 1, 4) + 1) || '-01-01'
UNION ALL
SELECT 'trusteeship.' || c.kind, COALESCE(r.town_code, ''), c.enterprise_id, max(c.from_on, r.from_on), min(c.until_on, r.until_on), 1,
       'enterprise', c.enterprise_id, 'trusteeship', c.id
  FROM trusteeship c JOIN residence r ON r.enterprise_id = c.enterprise_id
 WHERE c.voided_on IS NULL AND max(c.from_on, r.from_on) < min(c.until_on, r.until_on)
UNION ALL
SELECT indicator, COALESCE(town_code, ''), id, from_on, until_on, quantity, 'opening_figure', id, 'opening_figure', id
  FROM opening_figure WHERE voided_on IS NULL AND quantity <> 0;

-- What stands near a figure and does not count, with the reason: read by `explain` only.
CREATE VIEW not_counted (indicator, town_code, record, record_id, on_day, reason) AS
SELECT 'training.' || CASE kind WHEN '主要负责人' THEN '负责人' WHEN '安全管理人员' THEN '管理人员'
                                WHEN '特种作业人员' THEN '特种作业' WHEN '其他从业人员' THEN '其他' ELSE '网格员' END,
       COALESCE(town_code, ''), 'training', id, held_on,
       CASE WHEN voided_on IS NOT NULL THEN '已作废：' || COALESCE(void_reason, '') ELSE '没有合格人次' END
  FROM training WHERE voided_on IS NOT NULL OR COALESCE(passed, 0) = 0
UNION ALL
SELECT 'hazard.found', COALESCE(town_code, ''), 'hazard', id, found_on, '已作废：' || COALESCE(void_reason, '')
  FROM hazard WHERE voided_on IS NOT NULL
UNION ALL
SELECT 'hazard.open', COALESCE(town_code, ''), 'hazard', id, found_on, '已作废：' || COALESCE(void_reason, '')
  FROM hazard WHERE voided_on IS NOT NULL
UNION ALL
SELECT 'hazard.accepted_of_year', COALESCE(h.town_code, ''), 'hazard', h.id, r.rectified_on,
       CASE WHEN r.accepted_on IS NULL THEN '已整改，还没有验收' ELSE '验收不合格' END
  FROM rectification r JOIN hazard h ON h.id = r.hazard_id
 WHERE h.voided_on IS NULL AND (r.conclusion IS NULL OR r.conclusion = '不合格')
UNION ALL
SELECT 'trusteeship.' || c.kind, COALESCE(r.town_code, ''), 'trusteeship', c.id, c.from_on, '已作废：' || COALESCE(c.void_reason, '')
  FROM trusteeship c JOIN residence r ON r.enterprise_id = c.enterprise_id AND r.from_on <= c.from_on AND c.from_on < r.until_on
 WHERE c.voided_on IS NOT NULL
UNION ALL
SELECT indicator, COALESCE(town_code, ''), 'opening_figure', id, from_on, '已作废：' || COALESCE(void_reason, '')
  FROM opening_figure WHERE voided_on IS NOT NULL;

-- Sums of the items by the month and by the day in which they begin (came) and end (went). Kept by the gate.
CREATE TABLE indicator_month (
  month TEXT NOT NULL,
  indicator TEXT NOT NULL,
  town_code TEXT NOT NULL,
  came INTEGER NOT NULL,
  went INTEGER NOT NULL,
  PRIMARY KEY (month, indicator, town_code)
) STRICT, WITHOUT ROWID;

CREATE TABLE indicator_day (
  day TEXT NOT NULL,
  indicator TEXT NOT NULL,
  town_code TEXT NOT NULL,
  came INTEGER NOT NULL,
  went INTEGER NOT NULL,
  PRIMARY KEY (day, indicator, town_code)
) STRICT, WITHOUT ROWID;
