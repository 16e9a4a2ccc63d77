#if canImport(Security)
import Foundation
import LocalAuthentication
import Security

/// Keys in the Secure Enclave, used only in the presence of the person; anchors in the keychain of this
/// device alone. Written against Apple's documentation; it was never run by the makers of this
/// repository, who had no Mac.
public final class SecureEnclaveKeys: DeviceKeys, @unchecked Sendable {
    private let tag: String

    /// Keys whose names begin with `tag`, so that two apps or two tests do not meet.
    public init(tag: String = "invalid.chop.keys") {
        self.tag = tag
    }

    public func make(id: String, purpose: KeyUse) throws -> Data {
        var failure: Unmanaged<CFError>?
        guard let access = SecAccessControlCreateWithFlags(
            nil, kSecAttrAccessibleWhenUnlockedThisDeviceOnly, [.privateKeyUsage, .userPresence], &failure
        ) else { throw DeviceKeyError.Unavailable }
        let attributes: [CFString: Any] = [
            kSecAttrKeyType: kSecAttrKeyTypeECSECPrimeRandom,
            kSecAttrKeySizeInBits: 256,
            kSecAttrTokenID: kSecAttrTokenIDSecureEnclave,
            kSecPrivateKeyAttrs: [
                kSecAttrIsPermanent: true,
                kSecAttrApplicationTag: name(id),
                kSecAttrAccessControl: access,
            ] as [CFString: Any],
        ]
        guard let key = SecKeyCreateRandomKey(attributes as CFDictionary, &failure) else {
            throw DeviceKeyError.Unavailable
        }
        return try point(of: key)
    }

    public func publicKey(id: String) throws -> Data? {
        guard let key = try find(id, reason: nil) else { return nil }
        return try point(of: key)
    }

    public func sign(id: String, message: Data, reason: String) throws -> Data {
        guard let key = try find(id, reason: reason) else { throw DeviceKeyError.NoSuchKey }
        var failure: Unmanaged<CFError>?
        let algorithm = SecKeyAlgorithm.ecdsaSignatureMessageX962SHA256
        guard let signature = SecKeyCreateSignature(key, algorithm, message as CFData, &failure) else {
            throw DeviceKeyError.NotPresent
        }
        return signature as Data
    }

    public func destroy(id: String) throws {
        let status = SecItemDelete([kSecClass: kSecClassKey, kSecAttrApplicationTag: name(id)] as CFDictionary)
        guard status == errSecSuccess || status == errSecItemNotFound else { throw DeviceKeyError.Unavailable }
    }

    public func anchor(name: String) throws -> Data? {
        var query = item(name)
        query[kSecReturnData] = true
        var found: CFTypeRef?
        switch SecItemCopyMatching(query as CFDictionary, &found) {
        case errSecSuccess: return found as? Data
        case errSecItemNotFound: return nil
        default: throw DeviceKeyError.Unavailable
        }
    }

    public func setAnchor(name: String, anchor: Data) throws {
        let status = SecItemUpdate(item(name) as CFDictionary, [kSecValueData: anchor] as CFDictionary)
        if status == errSecSuccess { return }
        var new = item(name)
        new[kSecValueData] = anchor
        new[kSecAttrAccessible] = kSecAttrAccessibleWhenUnlockedThisDeviceOnly
        guard status == errSecItemNotFound, SecItemAdd(new as CFDictionary, nil) == errSecSuccess else {
            throw DeviceKeyError.Unavailable
        }
    }

    private func item(_ name: String) -> [CFString: Any] {
        [kSecClass: kSecClassGenericPassword, kSecAttrService: tag, kSecAttrAccount: name]
    }

    private func name(_ id: String) -> Data {
        Data("\(tag).\(id)".utf8)
    }

    private func find(_ id: String, reason: String?) throws -> SecKey? {
        var query: [CFString: Any] = [
            kSecClass: kSecClassKey, kSecAttrApplicationTag: name(id), kSecReturnRef: true,
        ]
        if let reason {
            let context = LAContext()
            context.localizedReason = reason
            query[kSecUseAuthenticationContext] = context
        }
        var found: CFTypeRef?
        switch SecItemCopyMatching(query as CFDictionary, &found) {
        case errSecSuccess: return (found as! SecKey)
        case errSecItemNotFound: return nil
        default: throw DeviceKeyError.Unavailable
        }
    }

    private func point(of key: SecKey) throws -> Data {
        guard let shared = SecKeyCopyPublicKey(key),
              let bytes = SecKeyCopyExternalRepresentation(shared, nil) as Data?
        else { throw DeviceKeyError.Unavailable }
        return bytes
    }
}
#endif
