package dev.tarn.worker;

import java.io.File;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the kernel itself keeps a thread, and all threads that it starts later, from doing: opening sockets, running programs, looking
 * into other processes, and reaching files outside of the folders that tasks work in. The engine's threads are started by the thread
 * that raises them. Seccomp refuses the calls; Landlock fences files, and refuses programs and TCP once more, should a call be
 * missing there. Which of the tables one statement may read is the engine's own lock: a worker serves many in turn, and a fence of
 * the kernel cannot be widened again.
 */
final class KernelFences {
    /** x86-64's numbers; elsewhere there are no fences. */
    private static final int SOCKET = 41;

    private static final int[] REFUSED = {
        SOCKET,
        42,
        43,
        49,
        50,
        53,
        288, // connect, accept, bind, listen, socketpair, accept4
        57,
        58,
        59,
        322, // fork, vfork, execve, execveat
        101,
        310,
        311,
        438, // ptrace, process_vm_readv, process_vm_writev, pidfd_getfd
        155,
        161,
        165,
        166,
        272,
        308, // pivot_root, chroot, mount, umount2, unshare, setns
        175,
        246,
        313,
        321, // init_module, kexec_load, finit_module, bpf
        248,
        250,
        298,
        323,
        425 // add_key, keyctl, perf_event_open, userfaultfd, io_uring_setup
    };

    private static final int LANDLOCK_CREATE = 444;
    private static final int LANDLOCK_ADD = 445;
    private static final int LANDLOCK_RESTRICT = 446;
    private static final int OPEN = 2;
    private static final int CLOSE = 3;
    private static final int OPEN_FOR_RULE = 0x280000; // O_PATH and O_CLOEXEC
    private static final int BENEATH = 1;
    private static final long WRITE_FILE = 1 << 1;
    private static final long READ_FILE = 1 << 2;
    private static final long READ_FOLDER = 1 << 3;
    private static final long TRUNCATE = 1 << 14;
    /** Of the kernel's Landlock 3: all that can be done to files and folders. */
    private static final long ALL = (1 << 15) - 1;
    /** Not devices, sockets, pipes and links. */
    private static final long CHANGE = WRITE_FILE
            | TRUNCATE
            | 1 << 4
            | 1 << 5
            | 1 << 7
            | 1 << 8
            | 1 << 13; // remove and make folders and files, move
    /** What the virtual machine and the engine open while they run, beside their own folders. */
    private static final List<String> SYSTEM = List.of(
            "/usr",
            "/lib",
            "/lib64",
            "/etc/ld.so.cache",
            "/etc/localtime",
            "/proc/meminfo",
            "/proc/stat",
            "/proc/self/statm",
            "/proc/self/cgroup",
            "/proc/self/mountinfo",
            "/sys/fs/cgroup",
            "/sys/devices/system/cpu",
            "/dev/urandom",
            "/dev/random",
            "/dev/null");

    private static final int PRCTL = 157;
    private static final int NO_NEW_PRIVILEGES = 38;
    private static final int SET_SECCOMP = 22;
    private static final int ALLOW = 0x7fff0000;
    private static final int REFUSE = 0x00050001; // with EPERM
    private static final int ARCHITECTURE = 0xC000003E;
    private static final int OTHER_ABI = 0x40000000;

    private final MethodHandle syscall;

    private KernelFences(MethodHandle syscall) {
        this.syscall = syscall;
    }

    /**
     * Raises what the kernel has, for the calling thread; returns their names. A fence that was not tried out is not named.
     *
     * @param folders in which tasks read and write
     */
    static List<String> raise(List<Path> folders) {
        boolean known = System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
        if (!known) {
            return List.of();
        }
        List<String> raised = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            KernelFences fences = new KernelFences(syscall());
            if (fences.call(PRCTL, NO_NEW_PRIVILEGES, 1, 0, 0) == 0) {
                if (fences.landlock(arena, folders)) {
                    raised.add("landlock");
                }
                if (fences.seccomp(arena) && fences.call(SOCKET, 2, 1, 0, 0) == -1) {
                    raised.add("seccomp");
                }
            }
        } catch (Throwable e) {
            // The server says which there are.
            return List.copyOf(raised);
        }
        return List.copyOf(raised);
    }

    private boolean landlock(Arena arena, List<Path> folders) throws Throwable {
        long abi = call(LANDLOCK_CREATE, 0, 0, 1, 0);
        if (abi < 4) { // which knows no TCP
            return false;
        }
        MemorySegment rules = arena.allocate(ValueLayout.JAVA_LONG, 2);
        rules.setAtIndex(ValueLayout.JAVA_LONG, 0, ALL);
        rules.setAtIndex(ValueLayout.JAVA_LONG, 1, 3); // bind and connect of TCP
        long set = call(LANDLOCK_CREATE, rules.address(), rules.byteSize(), 0, 0);
        if (set < 0) {
            return false;
        }
        boolean allowed = true;
        for (Path place : programFiles()) {
            // What this machine does not have nobody misses.
            allowed &= !Files.exists(place) || allow(arena, set, place, READ_FILE | READ_FOLDER);
        }
        for (Path folder : folders) {
            allowed &= allow(arena, set, folder, READ_FILE | READ_FOLDER | CHANGE);
        }
        boolean restricted = allowed && call(LANDLOCK_RESTRICT, set, 0, 0, 0) == 0;
        String elsewhere = "/proc/self/maps";
        return call(CLOSE, set, 0, 0, 0) == 0
                && restricted
                && call(OPEN, arena.allocateFrom(elsewhere).address(), 0, 0, 0) < 0;
    }

    private static List<Path> programFiles() {
        List<Path> places = new ArrayList<>(SYSTEM.stream().map(Path::of).toList());
        places.add(Path.of(System.getProperty("java.home")));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!entry.isEmpty()) {
                Path place = Path.of(entry).toAbsolutePath();
                // The engine's native library lies beside its classes' jar.
                places.add(Files.isDirectory(place) ? place : place.getParent());
            }
        }
        return places;
    }

    private boolean allow(Arena arena, long set, Path place, long wanted) throws Throwable {
        long file = call(OPEN, arena.allocateFrom(place.toString()).address(), OPEN_FOR_RULE, 0, 0);
        if (file < 0) {
            return false;
        }
        MemorySegment rule = arena.allocate(12, 8); // the kernel's struct is packed
        rule.set(
                ValueLayout.JAVA_LONG,
                0,
                Files.isDirectory(place) ? wanted : wanted & (READ_FILE | WRITE_FILE | TRUNCATE));
        rule.set(ValueLayout.JAVA_INT, 8, Math.toIntExact(file));
        boolean added = call(LANDLOCK_ADD, set, BENEATH, rule.address(), 0) == 0;
        return call(CLOSE, file, 0, 0, 0) == 0 && added;
    }

    private boolean seccomp(Arena arena) throws Throwable {
        List<Long> program = new ArrayList<>(List.of(
                instruction(0x20, 0, 0, 4), // the architecture
                instruction(0x15, 1, 0, ARCHITECTURE),
                instruction(0x06, 0, 0, REFUSE),
                instruction(0x20, 0, 0, 0), // the call
                instruction(0x35, REFUSED.length, 0, OTHER_ABI)));
        for (int i = 0; i < REFUSED.length; i++) {
            program.add(instruction(0x15, REFUSED.length - i, 0, REFUSED[i]));
        }
        program.add(instruction(0x06, 0, 0, ALLOW));
        program.add(instruction(0x06, 0, 0, REFUSE));
        MemorySegment filter = arena.allocate(ValueLayout.JAVA_LONG, program.size());
        for (int i = 0; i < program.size(); i++) {
            filter.setAtIndex(ValueLayout.JAVA_LONG, i, program.get(i));
        }
        MemorySegment described = arena.allocate(ValueLayout.JAVA_LONG, 2);
        described.setAtIndex(ValueLayout.JAVA_LONG, 0, program.size());
        described.setAtIndex(ValueLayout.JAVA_LONG, 1, filter.address());
        return call(PRCTL, SET_SECCOMP, 2, described.address(), 0) == 0;
    }

    /** One of the kernel's filter machine; little endian. */
    private static long instruction(int code, int whenTrue, int whenFalse, int operand) {
        return code | (long) whenTrue << 16 | (long) whenFalse << 24 | (operand & 0xFFFFFFFFL) << 32;
    }

    private long call(long number, long a, long b, long c, long d) throws Throwable {
        return (long) syscall.invokeExact(number, a, b, c, d, 0L);
    }

    @SuppressWarnings("restricted") // a few calls of the kernel, once a process
    private static MethodHandle syscall() {
        Linker linker = Linker.nativeLinker();
        FunctionDescriptor numbers = FunctionDescriptor.of(
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG);
        return linker.downcallHandle(
                linker.defaultLookup().find("syscall").orElseThrow(), numbers, Linker.Option.firstVariadicArg(1));
    }
}
