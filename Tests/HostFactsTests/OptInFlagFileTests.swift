// The opt-in flag: on only when it says exactly so, and safe to write from
// outside.

import HostFacts
import PortConformance
import RotationEngine
import Support
import Testing

@Suite struct OptInFlagFileTests {
    @Test(arguments: [
        ("on", true), ("on\n", true), ("off", false), ("", false), ("on ", false), ("ON", false),
    ])
    func `the flag is on exactly when it says so`(text: String, isOn: Bool) {
        let directory = TemporaryDirectory()
        directory.write("opt-in.flag", text)
        #expect(OptInFlagFile(path: directory.file("opt-in.flag")).isOn() == isOn)
    }

    @Test func `on and off are idempotent, and off leaves no file`() throws {
        let directory = TemporaryDirectory()
        let flag = OptInFlagFile(path: directory.file("data/opt-in.flag"))
        #expect(!flag.isOn())
        for _ in 0..<2 {
            try flag.set(true)
            #expect(directory.read("data/opt-in.flag") == "on")
            #expect(directory.names("data") == ["opt-in.flag"])
        }
        #expect(directory.mode("data") == 0o700)
        for _ in 0..<2 {
            try flag.set(false)
            #expect(directory.names("data").isEmpty)
        }
    }

    @Test func `a flag that cannot be written is said with its path`() {
        let directory = TemporaryDirectory()
        directory.write("data", "a file")
        let path = directory.file("data/opt-in.flag")
        let error = #expect(throws: FlagError.self) { try OptInFlagFile(path: path).set(true) }
        #expect(error?.message.contains(directory.file("data")) == true)
        #expect(!OptInFlagFile(path: path).isOn())
    }

    @Test func `a flag that is not a file is off`() {
        let directory = TemporaryDirectory()
        directory.makeDirectory("opt-in.flag")
        #expect(!OptInFlagFile(path: directory.file("opt-in.flag")).isOn())
    }

    @Test func `a skill's flag counts, whatever its umask was`() {
        let directory = TemporaryDirectory()
        directory.write("opt-in.flag", "on\n", mode: 0o644)
        #expect(OptInFlagFile(path: directory.file("opt-in.flag")).isOn())
    }

    @Test func `turning on mends a flag that says something else`() throws {
        let directory = TemporaryDirectory()
        directory.write("opt-in.flag", "maybe", mode: 0o644)
        try OptInFlagFile(path: directory.file("opt-in.flag")).set(true)
        #expect(directory.read("opt-in.flag") == "on")
        #expect(directory.mode("opt-in.flag") == 0o600)
    }

    @Test func `a flag in a file and one in memory obey the same laws`() throws {
        let directory = TemporaryDirectory()
        let file = OptInFlagFile(path: directory.file("data/opt-in.flag"))
        try FlagConformance.check(
            file, another: OptInFlagFile(path: directory.file("data/opt-in.flag")))
        let memory = MemoryFlag()
        try FlagConformance.check(memory, another: memory)
    }
}
