import ChopWallet
import SwiftUI

/// Opens the space of this phone, or makes it, and lists what is held. Add this file to a new SwiftUI
/// app in Xcode together with the package in `bindings/swift`. Never built by the makers of this
/// repository, who had no Mac.
@main
struct ResidentApp: App {
    var body: some Scene {
        WindowGroup { SpaceView() }
    }
}

struct SpaceView: View {
    @State private var passphrase = ""
    @State private var cards: [ItemCard] = []
    @State private var status = ""
    @Environment(\.scenePhase) private var phase

    var body: some View {
        VStack(alignment: .leading) {
            SecureField("Passphrase", text: $passphrase)
            Button("Open the space") { Task { await open() } }
            Text(status).foregroundStyle(.secondary)
            List(cards, id: \.id) { Text($0.title) }
        }
        .padding()
        // Nothing of it in the task switcher.
        .overlay { if phase != .active { Color(.systemBackground).ignoresSafeArea() } }
    }

    private func open() async {
        do {
            let words = passphrase
            cards = try await step { try space(words).holdings().list(shelf: nil, after: nil, limit: 50) }
            status = cards.isEmpty ? "Nothing is held yet." : ""
        } catch let failed as ChopError {
            let text = explain(error: failed, language: .zhHant)
            status = text.map { "\($0.what)\n\($0.now)" } ?? "\(failed)"
        } catch {
            status = "\(error)"
        }
    }
}

private func space(_ passphrase: String) throws -> Space {
    let home = URL.documentsDirectory
    let folder = home.appending(path: "space")
    let keys = KeyPlace(folder: home.appending(path: "keys").path(), device: SecureEnclaveKeys())
    if FileManager.default.fileExists(atPath: folder.path()) {
        return try openSpace(folder: folder.path(), passphrase: passphrase, keys: keys)
    }
    // A real app shows the recovery code here, once, and asks the person to write it down.
    let new = NewSpace(kind: .person, label: "phone", place: .hk)
    return try createSpace(folder: folder.path(), new: new, passphrase: passphrase, keys: keys).space
}
