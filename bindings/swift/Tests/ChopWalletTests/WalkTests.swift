import XCTest
@testable import ChopWallet

/// Written beside the Kotlin and Python tests, and never run here: there was no Swift toolchain.
final class WalkTests: XCTestCase {
    func testASpaceIsCreatedLockedAndOpened() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let keys = KeyPlace(folder: folder.appendingPathComponent("keys").path, device: nil)
        let path = folder.appendingPathComponent("resident").path
        let new = NewSpace(kind: .person, label: "resident", place: .hk)
        let made = try createSpace(folder: path, new: new, passphrase: "correct horse battery", keys: keys)
        XCTAssertFalse(made.recoveryCode.isEmpty)
        _ = try made.space.holdings().importBytes(name: "a.txt", bytes: Data("a note".utf8), title: "note")
        made.space.lock()
        let again = try openSpace(folder: path, passphrase: "correct horse battery", keys: keys)
        XCTAssertEqual(try again.holdings().list(shelf: nil, after: nil, limit: 10).map(\.title), ["note"])
    }

    func testAJunkCodeIsRefusedByName() {
        XCTAssertThrowsError(try scan(texts: ["CHOP1:junk"])) { error in
            guard case let ChopError.Failed(code, _, _, _, _) = error else { return XCTFail("\(error)") }
            XCTAssertTrue(code.contains("."))
        }
    }
}
