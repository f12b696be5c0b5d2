"""What of `dataclasses` frozen values need, without importing it, and without its price for every class.

`dataclasses` imports `inspect`, and writes and compiles six methods for every class when it is defined: 15 ms and 0.7
a class, of the 200 that a bulletin took. Here the methods are the same for all classes; only its `__init__` is written
for each, when its first value is made: of most classes that a run imports it makes none.

To the type checker these are the names of `dataclasses` themselves. What they do not do here they refuse: classes are
frozen and have slots.
"""

from __future__ import annotations

from anjian_cli.light_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import MISSING as MISSING
    from dataclasses import asdict as asdict
    from dataclasses import dataclass as dataclass
    from dataclasses import field as field
    from dataclasses import fields as fields
    from dataclasses import is_dataclass as is_dataclass
    from dataclasses import replace as replace
else:
    from operator import attrgetter

    MISSING = object()
    FIELDS = "__light_fields__"

    class Field:
        """A field's name and what was said of it."""

        __slots__ = ("default", "default_factory", "metadata", "name")

        def __init__(self, default=MISSING, default_factory=MISSING, metadata=None):
            self.name = ""
            self.default, self.default_factory, self.metadata = default, default_factory, metadata or {}

    def field(*, default=MISSING, default_factory=MISSING, metadata=None):
        return Field(default, default_factory, metadata)

    def dataclass(*, frozen, slots, kw_only=False):
        if not (frozen and slots):
            raise TypeError("only frozen classes with slots; for others there is dataclasses")

        def made(declared):
            body = dict(declared.__dict__)
            of_class = {}
            for base in declared.__mro__[:0:-1]:
                of_class.update({of.name: of for of in base.__dict__.get(FIELDS, ())})
            own = body.get("__annotations__", {})
            for name in own:
                told = body.pop(name, MISSING)
                of_class[name] = told if isinstance(told, Field) else Field(told)
                of_class[name].name = name
            for name in ("__dict__", "__weakref__"):
                body.pop(name, None)
            names = tuple(of_class)
            body |= {"__slots__": tuple(own), "__match_args__": () if kw_only else names, "__light_kw_only__": kw_only}
            body |= {FIELDS: tuple(of_class.values()), "__light_values__": _values_of(names)}
            for name, method in METHODS.items():
                body.setdefault(name, method)
            body["__init__"] = _first_init
            whole = type(declared)(declared.__name__, declared.__bases__, body)
            whole.__qualname__ = declared.__qualname__
            return whole

        return made

    def fields(of):
        return getattr(of, FIELDS)

    def is_dataclass(of):
        return hasattr(of, FIELDS)

    def asdict(value):
        return dict(zip([of.name for of in fields(value)], type(value).__light_values__(value), strict=True))

    def replace(value, /, **changes):
        if not is_dataclass(value):  # one of the library's: the type checker cannot tell them apart
            from dataclasses import replace as of_the_library

            return of_the_library(value, **changes)
        return type(value)(**(asdict(value) | changes))

    def _values_of(names):
        """What reads a value's fields into a tuple, in their order."""
        if len(names) > 1:
            return attrgetter(*names)
        return lambda value: tuple([getattr(value, name) for name in names])

    def _first_init(self, *args, **named):
        """Writes the `__init__` of a class of which the first value is made."""
        of_class = type(self)
        of_class.__init__ = _written_init(of_class)
        self.__init__(*args, **named)

    def _written_init(of_class):
        known = {}
        taken, lines = ["self", *(["*"] if of_class.__light_kw_only__ else [])], []
        for of in fields(of_class):
            value = of.name
            known[f"_set_{of.name}"] = getattr(of_class, of.name).__set__  # of the slot: no look-up by name
            if of.default is not MISSING:
                known[f"_default_{of.name}"] = of.default
                taken.append(f"{of.name}=_default_{of.name}")
            elif of.default_factory is not MISSING:
                known |= {f"_make_{of.name}": of.default_factory, "_missing": MISSING}
                taken.append(f"{of.name}=_missing")
                value = f"_make_{of.name}() if {of.name} is _missing else {of.name}"
            else:
                taken.append(of.name)
            lines.append(f" _set_{of.name}(self, {value})")
        exec(f"def __init__({', '.join(taken)}):\n" + "\n".join(lines), known)  # as dataclasses does
        written = known["__init__"]
        written.__qualname__ = f"{of_class.__qualname__}.__init__"
        return written

    def _eq(self, other):
        if other.__class__ is not self.__class__:
            return NotImplemented
        read = type(self).__light_values__
        return read(self) == read(other)

    def _hash(self):
        return hash(type(self).__light_values__(self))

    def _repr(self):
        told = ", ".join(f"{name}={value!r}" for name, value in asdict(self).items())
        return f"{type(self).__qualname__}({told})"

    def _setattr(self, name, value):  # noqa: ARG001 -- as Python calls it
        raise AttributeError(f"cannot assign to field {name!r}")

    def _delattr(self, name):  # noqa: ARG001 -- as Python calls it
        raise AttributeError(f"cannot delete field {name!r}")

    def _getstate(self):
        return type(self).__light_values__(self)

    def _setstate(self, state):
        for of, value in zip(fields(self), state, strict=True):
            object.__setattr__(self, of.name, value)

    METHODS = {
        "__eq__": _eq,
        "__hash__": _hash,
        "__repr__": _repr,
        "__setattr__": _setattr,
        "__delattr__": _delattr,
        "__getstate__": _getstate,
        "__setstate__": _setstate,
    }
