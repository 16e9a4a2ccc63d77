// swift-tools-version: 5.9
// Chop for Swift. `make bindings` writes Sources/ChopWallet/ChopWallet.swift and the header;
// `swift/xcframework` builds the binary target on a Mac.
import PackageDescription

let package = Package(
    name: "ChopWallet",
    platforms: [.iOS(.v16), .macOS(.v13)],
    products: [.library(name: "ChopWallet", targets: ["ChopWallet"])],
    targets: [
        .binaryTarget(name: "ChopWalletFFI", path: "ChopWalletFFI.xcframework"),
        .target(name: "ChopWallet", dependencies: ["ChopWalletFFI"]),
        .testTarget(name: "ChopWalletTests", dependencies: ["ChopWallet"]),
    ]
)
