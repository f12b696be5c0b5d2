"""`anjian wizard`: from nothing to the first files, question by question, at a terminal.

It keeps nothing itself: a step is an ordinary command, printed before it is run, and what is done already follows from
the ledger. So it can be left anywhere and run again, and whoever knows the commands does without it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from anjian_cli.commands import direct, init, params, words
from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.params import Annotated, Argument, Context
from anjian_cli.commands.questions import Later, Left, Questions
from anjian_cli.commands.session import Session
from anjian_cli.errors import Refused, refused
from anjian_cli.rules import place_names

app = top_app()

PLAIN = (
    "anjian 建账 武义县 --镇街表 镇街.csv --单位 发文单位 --代字 发文代字 --经办人 姓名",
    "anjian 办法 采用 办法.xlsx --自 日期",
    "anjian 空表 任务 -o 任务.xlsx",
    "anjian 任务 导入 任务.xlsx",
    "anjian 期初 导入 期初数.csv",
    "anjian 导入 收件/",
)
"""The same without questions, a step a line."""
RESUME = "做完的都在台账里，再运行 anjian 向导 就接着做"


@app.command("wizard", example="anjian wizard\nanjian 向导\nanjian 向导 安监台账.db")
def wizard(
    ctx: Context,
    where: Annotated[
        Path | None, Argument(metavar="位置", help="台账文件或文件夹；不写即已记住的那本，还没有的就问")
    ] = None,
) -> None:
    """一问一答地建账：地区、镇街、办法、任务、期初数、首批文件。每一步都可以离开（q、Ctrl-C），再运行就接着做。

    每做一步都先写出所用的命令，以后自己打就是。不在终端里的不问，就用那些命令：建账、镇街 导入、办法 采用、任务 导入、
    期初 导入、导入。
    """
    session: Session = ctx.obj
    if not (session.terminal and session.stdin.isatty()):
        raise refused("E135", lines="；".join(PLAIN))
    if where is not None:
        session.db = str(init.path_of(session, where))
    try:
        _Wizard(session).run()
    except Left:
        session.say(f"\n已离开向导。{RESUME}。")
    except KeyboardInterrupt:
        session.note(f"\n{RESUME}。")
        raise


class _Known(NamedTuple):
    """What the ledger holds already. `scheme` is the one in force, `adopted` that it is none that came with the
    ledger; `records` that records of some kind came in."""

    region: str
    code: str
    towns: Sequence[str]
    scheme: str
    adopted: bool
    tasks: bool
    opening: bool
    records: bool


class _Wizard:
    """One run through the steps."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._questions = Questions(session)
        self._global = f" --台账 {_quoted(session.db)}" if session.db is not None else ""

    def run(self) -> None:
        """All steps in their order. Raises `Left`."""
        say = self._session.say
        say("建账向导，共六步。回车即用〔〕里的；s 以后再做这一步；q 离开，下次接着做。")
        steps: Sequence[tuple[str, Callable[[], str], Callable[[], bool]]] = (
            ("一、建账", self._made, self._make),
            ("二、镇（街、区）", self._has_towns, self._towns),
            ("三、考核办法", self._has_scheme, self._scheme),
            ("四、年度任务", self._has_tasks, self._tasks),
            ("五、期初数", self._has_opening, self._opening),
            ("六、首批文件", self._has_records, self._files),
        )
        left_for_later = []
        for title, done, attempt in steps:
            if found := done():
                say(f"\n{title}　已做：{found}")
                continue
            say(f"\n{title}")
            try:
                while not self._tried(attempt):
                    pass
            except Later:
                if attempt in (self._make, self._towns):
                    raise Left from None
                left_for_later.append(title.partition("、")[2])
        self._end(left_for_later)

    def _end(self, left_for_later: Sequence[str]) -> None:
        say = self._session.say
        if left_for_later:
            say(f"\n留着以后做的：{'、'.join(left_for_later)}。再运行 anjian 向导 就接着做。")
        else:
            say("\n六步都做好了。")
        say("看一眼：anjian 概况；出通报：anjian 通报；到期的事：anjian 待办；这台电脑缺什么：anjian 自检。")

    def _tried(self, attempt: Callable[[], bool]) -> bool:
        """Whether a step is done; what was wrong with an answer is told, and it is asked again."""
        try:
            return attempt()
        except Refused as refusal:
            for fault in refusal.faults:
                self._session.note(f"  {fault}")
            return False

    def _ran(self, *argv: str) -> bool:
        """Run a command as if it had been typed, and say so. Whether it did all it was asked for."""
        told = f"anjian{self._global if argv[0] != '建账' else ''} {' '.join(map(_quoted, argv))}"
        self._session.say(f"  $ {told}")
        call = direct.read(words.normalise(argv))
        if call is None:
            raise refused("E139", next((word for word in argv if word.startswith("-") and " " in word), argv[-1]))
        return not call.function(params.Context(self._session), **call.given)

    def _known(self) -> _Known | None:
        """What there is; None without a ledger."""
        from anjian_cli.exchange import task_matrix
        from anjian_cli.ledger import listing, schemes, settings
        from anjian_cli.ledger.lookup import Finder
        from anjian_cli.records import definition

        try:
            if not self._session.ledger().exists():
                return None
        except Refused:
            return None
        with self._session.read() as connection:
            day = self._session.today
            set_up = settings.all_in_force(connection, day)
            scheme = schemes.on(connection, day).name
            rows = listing.table_sizes(connection)
            return _Known(
                settings.region_name(connection),
                set_up.get("region_code", ""),
                [town.name for town in Finder(connection).towns()],
                scheme,
                scheme != schemes.NAME,
                int(day[:4]) in task_matrix.years(connection),
                rows.get("opening_figure", 0) > 0,
                any(rows.get(record.name, 0) for record in definition.all_records() if not record.office),
            )

    def _there(self) -> _Known:
        """What the ledger holds, which is there behind the first step."""
        known = self._known()
        if known is None:
            raise refused("E612")
        return known

    # --- the steps: what is done already ('' if not), and what is asked

    def _made(self) -> str:
        known = self._known()
        return f"{known.region}（{known.code}），{self._session.ledger()}" if known else ""

    def _make(self) -> bool:
        from anjian_cli.records import codes

        ask = self._questions.ask
        self._session.say("  程序里没有的新县（市、区、旗），代码和名称一起写，如 330799 示例县。")
        typed = ask("哪个县（市、区、旗）？名称，或6位区划代码", None)
        code, _, new = typed.replace("\u3000", " ").partition(" ")
        if new:  # a county that the program does not know yet
            told = ["--区划", codes.region_code(code), "--名称", new.strip()]
            name = new.strip()
        else:
            found = init.code_of(typed)
            name = init.name_of(found)
            told = [typed]
        where = self._session.db or os.environ.get("ANJIAN_DB")
        if where is None:
            usual = init.path_of(self._session, None)
            where = _path(ask("台账放在哪里？文件或文件夹", str(usual)))
        path = init.path_of(self._session, Path(where))
        if path.exists():
            self._session.db = str(path)
            self._session.say(f"  {path} 已经有台账了，接着做它的。")
            self._global = f" --台账 {_quoted(str(path))}"
            return True
        issuer = ask("发文单位", place_names.committee_office_in_full(name))
        mark = ask("发文代字", place_names.document_mark(name))
        clerk = ask("经办人（可以不写）")
        more = ["--经办人", clerk] if clerk else []
        self._global = ""  # it is remembered from here on
        return self._ran("建账", *told, str(path), "--单位", issuer, "--代字", mark, *more)

    def _has_towns(self) -> str:
        towns = self._there().towns
        return f"{len(towns)}个：{'、'.join(towns)}" if towns else ""

    def _towns(self) -> bool:
        from anjian_cli.exchange import owner_only, town_list

        self._session.say(
            "  写名单的文件名；没有文件的，直接粘贴名单：一行一个，有代码的写在名称前面，空行结束。次序就是机关序。"
        )
        typed = self._questions.ask("名单", None)
        path = Path(_path(typed))
        lines: list[str] | None
        if _is_there(path):
            lines = town_list.of_file(path)
            if lines is None:
                return self._ran("镇街", "导入", str(path))
        elif _looks_like_path(typed):
            raise refused("E138", typed)
        else:
            lines = self._questions.rest_of_list(typed)
        towns = town_list.read(lines, self._there().code)
        for at, town in enumerate(towns, start=1):
            self._session.say(f"  {at:>3} {town.code} {town.name}{'（本地代码）' if town.local else ''}")
        if not self._questions.agreed(f"共{len(towns)}个，照此登记吗？"):
            return False
        written = _free(self._session.ledger().parent / "镇街.csv")
        owner_only.write(town_list.table(towns), written)
        taken = False
        try:
            taken = self._ran("镇街", "导入", str(written), "--不退回件")
        finally:
            if not taken:  # the list is asked for again, and written anew
                written.unlink()
        return taken

    def _has_scheme(self) -> str:
        known = self._there()
        return known.scheme if known.adopted or known.tasks else ""

    def _scheme(self) -> bool:
        from anjian_cli.exchange.scheme_examples import EXAMPLES
        from anjian_cli.ledger.schemes import NAME

        say = self._session.say
        say(f"  {NAME} 是程序自带的，什么也不用做。自己的办法写文件名（.xlsx、.toml）。")
        for name in EXAMPLES:
            say(f"  {name} 是附带的示例；照它改：anjian 办法 空表 {name} -o 办法.xlsx")
        typed = self._questions.ask("用哪一个", NAME)
        if typed == NAME:
            say(f"  用 {NAME}。以后要换：anjian 办法 采用 文件 --自 日期")
            return True
        file = typed if typed in EXAMPLES else _readable(typed)
        since = self._questions.ask("自哪一天起施行", f"{self._session.today[:4]}-01-01")
        return self._ran("办法", "采用", file, "--自", since)

    def _has_tasks(self) -> str:
        return f"{self._session.today[:4]}年的任务已下达" if self._there().tasks else ""

    def _tasks(self) -> bool:
        year = self._session.today[:4]
        form = self._session.ledger().parent / f"{year}年任务.xlsx"
        if form.exists():
            self._session.say(f"  分解表在 {form}。填好了的，回车就收；要一个个打的，打 1。")
            typed = self._questions.ask("填好的文件", str(form))
        else:
            self._session.say("  回车写一份镇为行、指标为列的分解表，填好再来；或写填好的文件名；要一个个打的，打 1。")
            typed = self._questions.ask("任务")
        if not typed:
            self._ran("空表", "任务", "--年", year, "-o", str(form))
            raise Later
        return self._typed_tasks(year) if typed == "1" else self._ran("任务", "导入", _readable(typed))

    def _typed_tasks(self, year: str) -> bool:
        document = self._questions.ask("下达文号，如 永安委〔2018〕3号", None)
        self._session.say("  一行一个：镇 指标 任务数，如 芝英 三级新创 12；空行结束。")
        taken = False
        while line := self._questions.ask("镇 指标 任务数"):
            parts = line.replace("，", " ").replace(",", " ").split()
            if len(parts) != 3:
                self._session.note("  要三样，中间空一格：镇 指标 任务数")
                continue
            town, indicator, quantity = parts
            given = ("--年度", year, "--镇", town, "--任务数", quantity, "--文号", document)
            taken |= self._tried(lambda: self._ran("任务", "新增", indicator, *given))  # noqa: B023 -- called at once
        return taken

    def _has_opening(self) -> str:
        return "已有期初数" if self._there().opening else ""

    def _opening(self) -> bool:
        from anjian_cli.commands import printed_figures
        from anjian_cli.rules.intervals import month_end

        say, ask = self._session.say, self._questions.ask
        year, month = int(self._session.today[:4]), int(self._session.today[5:7])
        if month == 1:
            say("  一月建账，前面没有累计数，不用录；去年同期的，以后用 anjian 期初 导入。")
            raise Later
        form = self._session.ledger().parent / "期初数.xlsx"
        if form.exists():
            say(f"  期初数登记表在 {form}。填好了的，回车就收。")
            typed = ask("填好的文件", str(form))
        else:
            say("  台账以前各月只有合计的，把上月底的累计数录进来。写文件名：上月的Excel通报、期初数登记表，或镇为行、")
            say("  指标为列的累计表；回车写一份空的登记表，填好再来。")
            typed = ask("文件")
        if not typed:
            self._ran("期初", "空表", "-o", str(form))
            raise Later
        file = _readable(typed)
        if printed_figures.is_one(Path(file)):
            return self._from_bulletin(file)
        until = ask("累计到哪一天（登记表里写明了的，以表为准）", month_end(f"{year}-{month - 1:02}"))
        source = ask("依据", f"{year}年{month - 1}月报表")
        return self._ran("期初", "导入", file, "--截至日期", until, "--依据", source)

    def _from_bulletin(self, file: str) -> bool:
        written = str(_free(self._session.ledger().parent / "期初数.csv"))
        line = ("期初", "取自通报", file, "-o", written)
        try:
            self._ran(*line)
        except Refused as refusal:
            if not {fault.code for fault in refusal.faults} <= {"E644", "E645"}:
                raise
            for fault in refusal.faults:
                self._session.note(f"  {fault}")
            if not self._questions.agreed("对不上的留下，其余先收吗？"):
                return False
            self._ran(*line, "--收正确的")
        if not self._questions.agreed(f"累计数写在 {written}，可以先打开核对、补上几行。现在收下吗？"):
            return False
        return self._ran("期初", "导入", written)

    def _has_records(self) -> str:
        return "已有记录" if self._there().records else ""

    def _files(self) -> bool:
        self._session.say("  企业名录、隐患、培训、合同这些表，放在一个文件夹里，一次收下；有错的整份退回，错处标黄。")
        typed = self._questions.ask("文件夹或文件", None)
        return self._ran("导入", _readable(typed)) or self._there().records


def _quoted(word: str) -> str:
    return f'"{word}"' if " " in word else word


def _path(typed: str) -> str:
    """A path as it is typed, or dragged into a terminal, which puts it between quotation marks."""
    return str(Path(typed.strip("'\"")).expanduser())


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a line of a list is no path
        return False


def _readable(typed: str) -> str:
    """The path of a file or folder that can be read. Raises `Refused` E138."""
    path = _path(typed)
    if not _is_there(Path(path)) or not os.access(path, os.R_OK):
        raise refused("E138", typed)
    return path


def _looks_like_path(typed: str) -> bool:
    return "/" in typed or "\\" in typed or typed.lower().endswith((".csv", ".xlsx", ".xls", ".txt"))


def _free(path: Path) -> Path:
    """The path, or the next one with a number that nothing has."""
    number = 1
    found = path
    while found.exists():
        number += 1
        found = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return found
