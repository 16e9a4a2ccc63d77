//! Floor 4: the wallet: holdings, flow, journal, notice, transfer, QR.
