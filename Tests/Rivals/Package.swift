// swift-tools-version:6.2
// A Swift server framework or two, serving what `GET /accounts` serves, to
// stand beside our own server in `scripts/attack --rivals`. A package of its
// own: the product's build knows nothing of it.
import PackageDescription

let package = Package(
    name: "rivals",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/swhitty/FlyingFox", exact: "0.27.1"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
    ],
    targets: [
        .executableTarget(
            name: "rival",
            dependencies: [
                .product(name: "FlyingFox", package: "FlyingFox"),
                .product(name: "Hummingbird", package: "hummingbird"),
            ],
            swiftSettings: [.swiftLanguageMode(.v6)])
    ]
)
