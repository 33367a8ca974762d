// What the service and its heartbeat keep in the data directory, by name: what
// `uninstall --purge` removes there. Whatever else is in it is not ours.

enum DataFiles {
    static let names = [
        "opt-in.flag", "rotator.sqlite", "rotator.sqlite-wal", "rotator.sqlite-shm",
        "lineage.jsonl", "lineage.key", "journal.json", "locks.note", "configuration-lock.note",
        "rotator.sock", "rotator.log", "rotator.log.1", "bearer-token.header", "webhook.secret",
        "start.lock", "heartbeat.stamp", "heartbeat.told", "heartbeat.error",
        "bootstrap.json",
    ]

    /// Directories of which everything is ours.
    static let directories = ["slots", "profiles", "sign-ins", "logs"]

    /// Removes them, and the directory if nothing else was in it.
    static func purge(_ directory: String, _ removal: inout Removal) {
        for name in names { removal.file(directory + "/" + name) }
        for name in directories { removal.tree(directory + "/" + name) }
        removal.emptyDirectory(directory)
    }
}
