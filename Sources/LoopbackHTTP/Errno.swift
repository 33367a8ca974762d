// The few errno values the reactor tells apart.

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Nothing to read or no room to write just now.
func isTemporary(_ result: Int) -> Bool {
    -result == Int(EAGAIN) || -result == Int(EWOULDBLOCK) || -result == Int(EINTR)
}

/// No descriptor or memory is left for another connection (accept(2)).
func isExhausted(_ result: Int32) -> Bool {
    -result == EMFILE || -result == ENFILE || -result == ENOBUFS || -result == ENOMEM
}

/// A connection that was gone before it was accepted; the next one may be fine.
func isAboutThatConnection(_ result: Int32) -> Bool {
    -result == ECONNABORTED || -result == EINTR || -result == EPROTO
}

/// Seconds since the epoch, for the Date field.
func wallSeconds() -> Int64 { Int64(time(nil)) }
