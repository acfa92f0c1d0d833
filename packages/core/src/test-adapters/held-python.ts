/**
 * Python: what every process loads at its start, in the place of the module of that name that it then loads itself.
 *
 * Modules can refuse at once to have what they hold replaced. Classes and `builtins` can't, and tests may replace those for
 * a while: they are compared where a process ends. What stands in `sys.modules` is compared before each module is run, so
 * that no test imports what another put there.
 */

/** Python looks for a module of this name at every start. */
export const PYTHON_FILE = "sitecustomize.py";

/** @param sign name of the file that is left beside it where a process holds its world. */
export const pythonHolder = (sign: string) => `import builtins
import os
import sys

# What is defined here has what is built in of its own: nothing replaces that.
__builtins__ = dict(vars(builtins))


def _hold_modules():
    import datetime
    import time
    import unittest
    from types import MappingProxyType, ModuleType

    class Held(ModuleType):
        @property
        def __dict__(self):
            return MappingProxyType(ModuleType.__dict__["__dict__"].__get__(self))

        def __dir__(self):
            own = self.__dict__
            return own["__dir__"]() if "__dir__" in own else list(own)

        def __setattr__(self, name, value):
            there = self.__dict__
            if name in there and there[name] is not value:
                raise AttributeError(f"{self.__name__}.{name} is held as it is")
            super().__setattr__(name, value)

        def __delattr__(self, name):
            raise AttributeError(f"{self.__name__}.{name} is held as it is")

    for module in (time, datetime, unittest, unittest.case, unittest.result, unittest.runner):
        module.__class__ = Held


def _hold_entries():
    modules, others = sys.modules, ("__main__", "sitecustomize")
    there = [(name, module) for name, module in modules.items() if name not in others]

    def replaced():
        return next((f"sys.modules[{name!r}]" for name, module in there if modules.get(name) is not module), None)

    def compare(event, _):
        if event == "exec" and replaced():
            raise ImportError(f"{replaced()} is held as it is")

    sys.addaudithook(compare)
    return replaced


def _hold_until_the_end(replaced):
    import atexit
    import threading
    from unittest import TestCase, TestResult, TextTestResult, TextTestRunner

    absent = object()

    def found(owner, name):
        for place in getattr(owner, "__mro__", (owner,)):
            if name in vars(place):
                return vars(place)[name]
        return absent

    def state(owner, name):
        value = found(owner, name)
        return value, getattr(value, "__code__", None), getattr(value, "__defaults__", None)

    def is_held(value):
        return callable(value) or isinstance(value, (classmethod, staticmethod, property))

    owners = (builtins, TestCase, TestResult, TextTestResult, TextTestRunner)
    held = [(owner, name, state(owner, name)) for owner in owners for name in dir(owner) if is_held(found(owner, name))]
    process, end, write = os.getpid(), os._exit, os.write

    def altered():
        for owner, name, before in held:
            if any(now is not then for now, then in zip(state(owner, name), before)):
                return f"{owner.__name__}.{name}"

    def compare():
        fault = replaced() or altered()
        if fault is None or os.getpid() != process:
            return
        try:
            sys.stdout.flush()
            write(2, f"{fault} is held as it is\\n".encode())
        finally:
            end(1)

    # These come before what code under test lets be done at the exit.
    getattr(threading, "_register_atexit", atexit.register)(compare)


def _load_next(here):
    """The module of this name that would have been loaded without this one."""
    own = sys.modules.pop("sitecustomize", None)
    sys.path[:] = [path for path in sys.path if path != here]
    try:
        import sitecustomize  # noqa: F401
    except ImportError:
        pass
    if own is not None:
        sys.modules.setdefault("sitecustomize", own)


_here = os.path.dirname(os.path.abspath(__file__))
_hold_modules()
_hold_until_the_end(_hold_entries())
with open(os.path.join(_here, "${sign}"), "w"):
    pass
_load_next(_here)
`;
