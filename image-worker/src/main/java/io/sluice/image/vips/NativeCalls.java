package io.sluice.image.vips;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * The functions of one loaded library. Handles are made at run time and live in an instance: a native image would otherwise
 * try to make them while it is built.
 */
@SuppressWarnings("restricted") // Calling C is what this class is for.
final class NativeCalls {
    private final Map<NativeFunction, MethodHandle> handles = new EnumMap<>(NativeFunction.class);

    /** @throws IllegalArgumentException when the library cannot be loaded or lacks a function */
    NativeCalls(Path library) {
        // libgobject and libglib come with it: linked in (npm's build) or as its dependencies (Debian's).
        SymbolLookup symbols = SymbolLookup.libraryLookup(library, Arena.global());
        Linker linker = Linker.nativeLinker();
        for (NativeFunction function : NativeFunction.values()) {
            MemorySegment address = symbols.find(function.symbol())
                    .orElseThrow(() -> new IllegalArgumentException(library + " has no " + function.symbol()));
            handles.put(function, linker.downcallHandle(address, function.descriptor()));
        }
    }

    int toInt(NativeFunction function, int argument) {
        try {
            return (int) handle(function).invokeExact(argument);
        } catch (Throwable e) {
            throw broken(function, e);
        }
    }

    int toInt(NativeFunction function, MemorySegment argument) {
        try {
            return (int) handle(function).invokeExact(argument);
        } catch (Throwable e) {
            throw broken(function, e);
        }
    }

    int toInt(NativeFunction function, MemorySegment first, MemorySegment second, MemorySegment third) {
        try {
            return (int) handle(function).invokeExact(first, second, third);
        } catch (Throwable e) {
            throw broken(function, e);
        }
    }

    long toLong(NativeFunction function) {
        try {
            return (long) handle(function).invokeExact();
        } catch (Throwable e) {
            throw broken(function, e);
        }
    }

    MemorySegment toAddress(NativeFunction function) {
        try {
            return (MemorySegment) handle(function).invokeExact();
        } catch (Throwable e) {
            throw broken(function, e);
        }
    }

    MemorySegment toAddress(NativeFunction function, MemorySegment argument) {
        try {
            return (MemorySegment) handle(function).invokeExact(argument);
        } catch (Throwable e) {
            throw broken(function, e);
        }
    }

    MemorySegment toAddress(NativeFunction function, MemorySegment first, MemorySegment second) {
        try {
            return (MemorySegment) handle(function).invokeExact(first, second);
        } catch (Throwable e) {
            throw broken(function, e);
        }
    }

    MemorySegment toAddress(NativeFunction function, MemorySegment first, int second) {
        try {
            return (MemorySegment) handle(function).invokeExact(first, second);
        } catch (Throwable e) {
            throw broken(function, e);
        }
    }

    MemorySegment toAddress(NativeFunction function, MemorySegment first, long second) {
        try {
            return (MemorySegment) handle(function).invokeExact(first, second);
        } catch (Throwable e) {
            throw broken(function, e);
        }
    }

    MemorySegment toAddress(NativeFunction function, MemorySegment first, MemorySegment second, long third) {
        try {
            return (MemorySegment) handle(function).invokeExact(first, second, third);
        } catch (Throwable e) {
            throw broken(function, e);
        }
    }

    void run(NativeFunction function) {
        try {
            handle(function).invokeExact();
        } catch (Throwable e) {
            throw broken(function, e);
        }
    }

    void run(NativeFunction function, int argument) {
        try {
            handle(function).invokeExact(argument);
        } catch (Throwable e) {
            throw broken(function, e);
        }
    }

    void run(NativeFunction function, MemorySegment argument) {
        try {
            handle(function).invokeExact(argument);
        } catch (Throwable e) {
            throw broken(function, e);
        }
    }

    void run(NativeFunction function, MemorySegment first, MemorySegment second) {
        try {
            handle(function).invokeExact(first, second);
        } catch (Throwable e) {
            throw broken(function, e);
        }
    }

    void run(NativeFunction function, MemorySegment first, MemorySegment second, MemorySegment third) {
        try {
            handle(function).invokeExact(first, second, third);
        } catch (Throwable e) {
            throw broken(function, e);
        }
    }

    private MethodHandle handle(NativeFunction function) {
        MethodHandle handle = handles.get(function);
        if (handle == null) {
            throw new IllegalStateException(function + " was not linked");
        }
        return handle;
    }

    /** A downcall throws only when its descriptor and its call differ: a fault of this class. */
    private static IllegalStateException broken(NativeFunction function, Throwable cause) {
        return new IllegalStateException(function.symbol() + " cannot be called", cause);
    }
}
