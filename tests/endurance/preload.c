/* Stands between a program and the disk (LD_PRELOAD, Linux): notes every change below one folder in a log,
   and lets a chosen operation fail.

   The log (DISK_LOG) is a row of records: kind, length of the first path, of the second, of the data (8 bytes
   each, little end first), offset or size, then paths and data. The folder is DISK_FOLDER. Which operation
   fails is set from inside by disk_fail(kinds, number, error, sticky, partial); disk_count() tells how many
   there were since. Not thread-safe beyond one lock; a process that forks shares the log. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#define REAL(type, name, ...) static type (*real)(__VA_ARGS__); if (!real) real = dlsym(RTLD_NEXT, #name)
#define FILES 4096
enum { CREATED = 1, WRITTEN, CUT, SYNCED, UNLINKED, RENAMED, LINKED, READ, FOLDER_MADE, FOLDER_GONE };

static char *paths[FILES];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *folder;
static size_t folder_length;
static int log_file = -1, fail_kinds, fail_error, fail_sticky, fail_partial;
static long fail_number, counted;

__attribute__((constructor)) static void begin(void) {
    REAL(int, open, const char *, int, ...);
    const char *log = getenv("DISK_LOG");
    folder = getenv("DISK_FOLDER");
    folder_length = folder ? strlen(folder) : 0;
    if (log) log_file = real(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

void disk_folder(const char *now) { folder = strdup(now); folder_length = strlen(now); }
void disk_fail(int kinds, long number, int error, int sticky, int partial) {
    fail_kinds = kinds; fail_number = number; fail_error = error; fail_sticky = sticky; fail_partial = partial;
    counted = 0;
}
long disk_count(void) { return counted; }

static int is_ours(const char *path) {
    return folder_length && path && !strncmp(path, folder, folder_length)
        && (path[folder_length] == '/' || !path[folder_length]);
}
static const char *path_of(int file) { return file >= 0 && file < FILES ? paths[file] : NULL; }
static void forget(int file) { if (file >= 0 && file < FILES) { free(paths[file]); paths[file] = NULL; } }

/* Whether the operation at hand has to fail; partial writes are then half done. */
static int fails(int kind) {
    int now = 0;
    pthread_mutex_lock(&lock);
    if (fail_kinds & (1 << kind)) {
        counted++;
        now = fail_number && (counted == fail_number || (fail_sticky && counted > fail_number));
    }
    pthread_mutex_unlock(&lock);
    if (now) errno = fail_error;
    return now;
}

static void note(int kind, const char *path, const char *other, const void *data, size_t length, int64_t at) {
    REAL(ssize_t, write, int, const void *, size_t);
    if (log_file < 0) return;
    int kept = errno;
    int64_t head[5] = { kind, (int64_t)strlen(path), other ? (int64_t)strlen(other) : 0, (int64_t)length, at };
    pthread_mutex_lock(&lock);
    if (real(log_file, head, sizeof head) < 0 || real(log_file, path, head[1]) < 0
        || (other && real(log_file, other, head[2]) < 0) || (length && real(log_file, data, length) < 0)) abort();
    pthread_mutex_unlock(&lock);
    errno = kept;
}

static int opened(int file, const char *path, int flags, int new) {
    if (file < 0) return file;
    forget(file);
    if (file < FILES && is_ours(path)) {
        paths[file] = strdup(path);
        if (new) note(CREATED, path, NULL, NULL, 0, 0);
        else if (flags & O_TRUNC) note(CUT, path, NULL, NULL, 0, 0);
    }
    return file;
}
static int is_new(const char *path, int flags) { return is_ours(path) && flags & O_CREAT && access(path, F_OK); }
static int may_not_open(const char *path, int flags) {
    return is_ours(path) && ((flags & O_ACCMODE) != O_RDONLY || flags & O_CREAT) && fails(CREATED);
}
#define MODE mode_t mode = 0; if (flags & (O_CREAT | __O_TMPFILE)) { \
    va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); }
#define OPEN(name) int name(const char *path, int flags, ...) { \
    REAL(int, name, const char *, int, ...); MODE \
    if (may_not_open(path, flags)) return -1; \
    int new = is_new(path, flags); \
    return opened(real(path, flags, mode), path, flags, new); }
OPEN(open)
OPEN(open64)

/* A path given from an open folder, as a whole one; itself where we do not know the folder. */
static const char *joined(char *space, int from, const char *path) {
    const char *start = path_of(from);
    if (path[0] == '/' || !start) return path;
    snprintf(space, PATH_MAX, "%s/%s", start, path);
    return space;
}
#define OPENAT(name) int name(int from, const char *given, int flags, ...) { \
    REAL(int, name, int, const char *, int, ...); MODE \
    char space[PATH_MAX]; const char *path = joined(space, from, given); \
    if (may_not_open(path, flags)) return -1; \
    int new = is_new(path, flags); \
    return opened(real(from, given, flags, mode), path, flags, new); }
OPENAT(openat)
OPENAT(openat64)

int close(int file) { REAL(int, close, int); forget(file); return real(file); }

static ssize_t pwritten(ssize_t (*real)(int, const void *, size_t, off_t), int file, const void *data,
                        size_t length, off_t at) {
    const char *path = path_of(file);
    if (path && fails(WRITTEN)) {
        int error = errno;
        if (fail_partial && length > 1 && real(file, data, length / 2, at) > 0)
            note(WRITTEN, path, NULL, data, length / 2, at);
        errno = error;
        return -1;
    }
    ssize_t done = real(file, data, length, at);
    if (path && done > 0) note(WRITTEN, path, NULL, data, (size_t)done, at);
    return done;
}
ssize_t pwrite(int file, const void *data, size_t length, off_t at) {
    REAL(ssize_t, pwrite, int, const void *, size_t, off_t); return pwritten(real, file, data, length, at); }
ssize_t pwrite64(int file, const void *data, size_t length, off_t at) {
    REAL(ssize_t, pwrite64, int, const void *, size_t, off_t); return pwritten(real, file, data, length, at); }

ssize_t write(int file, const void *data, size_t length) {
    REAL(ssize_t, write, int, const void *, size_t);
    const char *path = path_of(file);
    if (!path) return real(file, data, length);
    if (fails(WRITTEN)) {
        int error = errno;
        ssize_t half = fail_partial && length > 1 ? real(file, data, length / 2) : 0;
        if (half > 0) note(WRITTEN, path, NULL, data, (size_t)half, lseek(file, 0, SEEK_CUR) - half);
        errno = error;
        return -1;
    }
    ssize_t done = real(file, data, length);
    if (done > 0) note(WRITTEN, path, NULL, data, (size_t)done, lseek(file, 0, SEEK_CUR) - done);
    return done;
}

ssize_t read(int file, void *data, size_t length) {
    REAL(ssize_t, read, int, void *, size_t);
    return path_of(file) && fails(READ) ? -1 : real(file, data, length);
}
#define PREAD(name) ssize_t name(int file, void *data, size_t length, off_t at) { \
    REAL(ssize_t, name, int, void *, size_t, off_t); \
    return path_of(file) && fails(READ) ? -1 : real(file, data, length, at); }
PREAD(pread)
PREAD(pread64)

/* The short ways of the kernel would pass us by: their callers fall back to read and write. */
ssize_t sendfile(int to, int from, off_t *at, size_t length) { (void)to; (void)from; (void)at; (void)length; errno = ENOSYS; return -1; }
ssize_t sendfile64(int to, int from, off_t *at, size_t length) { return sendfile(to, from, at, length); }
ssize_t copy_file_range(int from, off_t *a, int to, off_t *b, size_t length, unsigned flags) {
    (void)from; (void)a; (void)to; (void)b; (void)length; (void)flags; errno = ENOSYS; return -1; }

#define SYNC(name) int name(int file) { REAL(int, name, int); const char *path = path_of(file); \
    if (path && fails(SYNCED)) return -1; int done = real(file); \
    if (path && !done) note(SYNCED, path, NULL, NULL, 0, 0); return done; }
SYNC(fsync)
SYNC(fdatasync)

#define TRUNCATE(name) int name(int file, off_t size) { REAL(int, name, int, off_t); const char *path = path_of(file); \
    if (path && fails(CUT)) return -1; int done = real(file, size); \
    if (path && !done) note(CUT, path, NULL, NULL, 0, size); return done; }
TRUNCATE(ftruncate)
TRUNCATE(ftruncate64)

#define ON_PATH(name, kind) int name(const char *path) { REAL(int, name, const char *); \
    if (is_ours(path) && fails(kind)) return -1; int done = real(path); \
    if (!done && is_ours(path)) note(kind, path, NULL, NULL, 0, 0); return done; }
ON_PATH(unlink, UNLINKED)
ON_PATH(rmdir, FOLDER_GONE)

int unlinkat(int from, const char *given, int flags) {
    REAL(int, unlinkat, int, const char *, int);
    char space[PATH_MAX];
    const char *path = joined(space, from, given);
    int kind = flags & AT_REMOVEDIR ? FOLDER_GONE : UNLINKED;
    if (is_ours(path) && fails(kind)) return -1;
    int done = real(from, given, flags);
    if (!done && is_ours(path)) note(kind, path, NULL, NULL, 0, 0);
    return done;
}

int mkdir(const char *path, mode_t mode) {
    REAL(int, mkdir, const char *, mode_t);
    int done = real(path, mode);
    if (!done && is_ours(path)) note(FOLDER_MADE, path, NULL, NULL, 0, 0);
    return done;
}

#define ON_TWO(name, kind) int name(const char *path, const char *other) { REAL(int, name, const char *, const char *); \
    if (is_ours(path) && fails(kind)) return -1; int done = real(path, other); \
    if (!done && is_ours(path)) note(kind, path, other, NULL, 0, 0); return done; }
ON_TWO(rename, RENAMED)
ON_TWO(link, LINKED)
