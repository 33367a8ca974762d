// swift-tools-version:6.2
// The rooms of the house as targets. What a room may import is listed here
// and, because SwiftPM lets a target import an undeclared transitive module,
// checked again by Tests/HouseRulesTests. Versions are exact on purpose:
// Package.resolved is not committed.
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
]

/// `data`: folders that are no sources of the target.
func room(
    _ name: String, _ dependencies: [Target.Dependency] = [], data: [String] = []
) -> Target {
    .target(name: name, dependencies: dependencies, exclude: data, swiftSettings: strict)
}

/// `data`: folders a test reads by itself.
func tests(
    _ name: String, _ dependencies: [Target.Dependency], data: [String] = []
) -> Target {
    .testTarget(
        name: name, dependencies: dependencies, exclude: data, swiftSettings: strict)
}

let package = Package(
    name: "account-rotator",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "rotator", targets: ["rotator"]),
        // Loaded into the service by CrashTests, never linked to anything.
        .library(name: "CFaults", type: .dynamic, targets: ["CFaults"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ],
    targets: [
        .target(name: "CSystem"),
        room("RotationCore"),
        room("RotationEngine", ["RotationCore"]),
        room("ControlWire"),
        room("DurableFiles", ["CSystem"]),
        room("LoopbackHTTP", ["CSystem"]),
        room(
            "ControlServer", ["ControlWire", "RotationCore", "RotationEngine", "LoopbackHTTP"],
            data: ["Dashboard"]),
        room("Upstream", ["RotationCore", "RotationEngine", "CSystem"]),
        room("CredentialStores", ["RotationCore", "RotationEngine", "DurableFiles", "CSystem"]),
        room(
            "HistoryStore",
            ["RotationCore", "RotationEngine", .product(name: "GRDB", package: "GRDB.swift")]),
        room("HostFacts", ["RotationCore", "RotationEngine", "DurableFiles", "CSystem"]),
        room(
            "LoginDesk",
            [
                "RotationCore", "RotationEngine", "DurableFiles", "CSystem",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        room("VendorSimulator", ["LoopbackHTTP", "CSystem"]),
        room("Nights", ["RotationCore", "VendorSimulator"]),
        .executableTarget(
            name: "rotator",
            dependencies: [
                "RotationCore", "RotationEngine", "ControlWire", "LoopbackHTTP", "ControlServer",
                "Upstream", "CredentialStores", "HistoryStore", "HostFacts", "LoginDesk",
                "VendorSimulator", "Nights", "DurableFiles", "CSystem",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: strict),
        // Tests: fakes and builders, and the suites a fake must pass like the real thing.
        .target(
            name: "Support", dependencies: ["RotationCore", "RotationEngine"],
            path: "Tests/Support", swiftSettings: strict),
        .target(
            name: "PortConformance", dependencies: ["RotationCore", "RotationEngine", "Support"],
            path: "Tests/PortConformance", swiftSettings: strict),
        tests("RotationCoreTests", ["RotationCore", "Support"]),
        tests(
            "RotationEngineTests", ["RotationEngine", "RotationCore", "Support", "PortConformance"]),
        tests("ControlWireTests", ["ControlWire"]),
        // The second opinion on what a request is: decision 22.
        .target(
            name: "CLLHTTP", path: "Tests/CLLHTTP", cSettings: [.headerSearchPath("forward")]),
        tests("LoopbackHTTPTests", ["LoopbackHTTP", "CSystem"]),
        // The laws of everything that reads foreign bytes; scripts/fuzz builds
        // them for libFuzzer, the tests replay its corpora.
        .target(
            name: "Fuzzing",
            dependencies: [
                "LoopbackHTTP", "ControlServer", "Upstream", "CredentialStores", "HostFacts",
                "RotationEngine", "RotationCore", "CLLHTTP",
            ], path: "Tests/Fuzzing", swiftSettings: strict),
        tests("FuzzingTests", ["Fuzzing"], data: ["Corpus"]),
        // openapi.yaml as tests walk it, and what a value must be to be as it says.
        .target(
            name: "OpenAPI",
            dependencies: ["ControlWire", "RotationCore", .product(name: "Yams", package: "Yams")],
            path: "Tests/OpenAPI", swiftSettings: strict),
        tests(
            "ControlServerTests",
            [
                "ControlServer", "ControlWire", "LoopbackHTTP", "RotationEngine", "RotationCore",
                "Support", "OpenAPI",
            ]),
        tests(
            "UpstreamTests",
            [
                "Upstream", "VendorSimulator", "LoopbackHTTP", "RotationEngine", "RotationCore",
                "Support", "PortConformance",
            ], data: ["Samples"]),
        tests(
            "CredentialStoresTests",
            [
                "CredentialStores", "DurableFiles", "RotationEngine", "RotationCore", "Support",
                "PortConformance", "CSystem",
            ], data: ["StandIns"]),
        tests(
            "HistoryStoreTests",
            [
                "HistoryStore", "RotationEngine", "RotationCore", "Support", "PortConformance",
                .product(name: "GRDB", package: "GRDB.swift"),
            ], data: ["Goldens"]),
        tests(
            "HostFactsTests",
            [
                "HostFacts", "DurableFiles", "RotationEngine", "RotationCore", "Support",
                "PortConformance",
            ]),
        tests("VendorSimulatorTests", ["VendorSimulator", "LoopbackHTTP"]),
        tests(
            "LoginDeskTests",
            [
                "LoginDesk", "CredentialStores", "DurableFiles", "RotationEngine", "RotationCore",
                "Support", .product(name: "GRDB", package: "GRDB.swift"),
            ], data: ["StandIns"]),
        tests("DurableFilesTests", ["DurableFiles", "Support"]),
        tests(
            "NightsTests",
            ["Nights", "RotationCore", "VendorSimulator"]),
        tests(
            "CommandLineTests",
            [
                "rotator", "ControlWire", "DurableFiles", "HistoryStore", "LoopbackHTTP",
                "RotationCore", "RotationEngine", "VendorSimulator", "Support", "Fuzzing",
            ]),
        // A world in virtual time, fixed seeds of it, and the runner of fresh ones.
        .target(
            name: "Simulation",
            dependencies: [
                "CredentialStores", "DurableFiles", "RotationEngine", "RotationCore", "Support",
            ], path: "Tests/Simulation", swiftSettings: strict),
        tests("SimulationTests", ["Simulation"]),
        .executableTarget(
            name: "simulate", dependencies: ["Simulation"], path: "Tests/Simulate",
            swiftSettings: strict),
        // The simulated vendor's pages, for a sign-in in a real browser.
        .executableTarget(
            name: "login-stage", dependencies: ["VendorSimulator"], path: "Tests/LoginStage",
            swiftSettings: strict),
        // Nights of work under every policy, side by side.
        .executableTarget(
            name: "nights",
            dependencies: [
                "Nights", "RotationCore",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], path: "Tests/NightsBench", swiftSettings: strict),
        .executableTarget(
            name: "swap-cost",
            dependencies: [
                "CredentialStores", "DurableFiles", "RotationEngine", "RotationCore", "Support",
            ], path: "Tests/SwapCost", swiftSettings: strict),
        .target(name: "CFaults", path: "Tests/CFaults"),
        tests(
            "CrashTests",
            [
                "rotator", "LoopbackHTTP", "VendorSimulator", "Support",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        tests("HouseRulesTests", [], data: ["StandIns"]),
    ]
)
