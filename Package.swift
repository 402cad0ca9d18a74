// swift-tools-version: 6.2
// SPDX-License-Identifier: EUPL-1.2
import PackageDescription

/// Every Swift target is held to the same rules.
let rules: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// One room of the house: a library target. Dependencies point downwards only.
func room(_ name: String, on dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: rules)
}

func program(_ name: String, on dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: rules)
}

func tests(_ name: String, on dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name + "Tests", dependencies: dependencies, swiftSettings: rules)
}

/// A Debian library, reached through a module map and, where a C function is variadic or a macro,
/// typed inline shims.
func library(_ name: String, pkgConfig: String, package: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([package])])
}

let package = Package(
    name: "korf",
    products: [
        .executable(name: "korfd", targets: ["korfd"]),
        .executable(name: "korf", targets: ["korf"]),
    ],
    targets: [
        library("CCurl", pkgConfig: "libcurl", package: "libcurl4-openssl-dev"),
        library("COpenSSL", pkgConfig: "openssl", package: "libssl-dev"),
        .target(name: "CLinux"),
        library("CSQLite", pkgConfig: "sqlite3", package: "libsqlite3-dev"),
        library("CExpat", pkgConfig: "expat", package: "libexpat1-dev"),
        library("CYAML", pkgConfig: "yaml-0.1", package: "libyaml-dev"),

        // Cores: no I/O, no clock, no randomness, no C.
        room("Journal"),
        room("Notation"),
        room("Settlement", on: ["Journal", "Notation"]),
        room("Cooperative", on: ["Journal", "Notation"]),
        room("Replication", on: ["Journal"]),

        // Shell.
        room("Cryptography", on: ["Journal", "COpenSSL"]),
        room("YAML", on: ["Notation", "CYAML"]),
        room("XML", on: ["Notation", "CExpat"]),
        room("Storage", on: ["Journal", "CSQLite"]),
        room("Transport", on: ["Journal", "COpenSSL", "CCurl", "CLinux"]),
        room("Node", on: [
            "Journal", "Notation", "Cooperative", "Settlement", "Replication",
            "Cryptography", "YAML", "XML", "Storage", "Transport",
        ]),
        room("Console", on: [
            "Journal", "Notation", "Cooperative", "Settlement", "Cryptography", "YAML", "XML", "Storage",
            "Transport", "Node",
        ]),

        // Many nodes in one process.
        room("Simulation", on: ["Journal", "Cooperative", "Replication", "Cryptography"]),

        program("korfd", on: ["Node", "Transport"]),
        program("korf", on: ["Console"]),
        program("korf-bench", on: [
            "Journal", "Cooperative", "Settlement", "Replication", "Cryptography", "Storage",
            "Transport", "Node", "Notation",
        ]),
        program("korf-simulate", on: ["Simulation"]),

        tests("Journal", on: ["Journal", "Cryptography", "Notation"]),
        tests("Notation", on: ["Notation"]),
        tests("Settlement", on: ["Settlement", "Journal", "Notation"]),
        tests("Cooperative", on: ["Cooperative", "Journal", "Cryptography", "Notation", "YAML"]),
        tests("Replication", on: ["Replication", "Journal", "Cryptography"]),
        tests("Cryptography", on: ["Cryptography", "Journal"]),
        tests("YAML", on: ["YAML", "Notation"]),
        tests("XML", on: ["XML", "Notation", "Settlement", "Journal"]),
        tests("Storage", on: ["Storage", "Journal", "Cryptography"]),
        tests("Transport", on: ["Transport", "Journal"]),
        tests("Node", on: [
            "Node", "Journal", "Cooperative", "Settlement", "Replication", "Cryptography",
            "Storage", "Transport", "Notation",
        ]),
        tests("Console", on: ["Console", "Journal", "Cooperative", "Settlement", "Notation"]),
        tests("Simulation", on: ["Simulation"]),
        tests("Tidy", on: []),
    ]
)
