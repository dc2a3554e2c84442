#define _GNU_SOURCE
#include "parse-memory.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

// What stays in memory from one parse to the next: more than nearly all files take.
#define KEPT ((size_t)16 << 20)
// Sizes of blocks go in steps of 8 bytes up to this one, and double from there on.
#define MOST_SMALL ((size_t)1024)
#define SMALL_CLASSES (MOST_SMALL / 8 + 1)
#define CLASSES (SMALL_CLASSES + 32)
// libtree-sitter 0.20.7 counts a node's children in 16 bits, and frees memory that is none where there are more. It lists them first, 8
// bytes each, in an array that is doubled when it is full; it has no other use for so much at once.
#define TOO_MANY_CHILDREN ((size_t)8 << 16)

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IS_CHECKED 1
#endif
#endif

typedef struct free_block {
  struct free_block *next;
} free_block;

struct parse_arena {
  char *next;
  char *end;
  char *start;
  size_t size;
  // How far it has been used since its pages were last given back.
  size_t used;
  bool overflowed;
  free_block *freed[CLASSES];
};

static OF_THREAD parse_arena *current;

parse_arena *parse_arena_new(size_t size) {
#ifdef IS_CHECKED
  // The sanitizer can only see what its own allocator gives out.
  size = 0;
#endif
  if (size == 0) return NULL;
  parse_arena *arena = calloc(1, sizeof *arena);
  if (!arena) return NULL;
  void *start = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (start == MAP_FAILED) {
    free(arena);
    return NULL;
  }
  // Fewer pages to fault in and to look up; without them it works as well.
  madvise(start, size, MADV_HUGEPAGE);
  arena->start = arena->next = start;
  arena->end = arena->start + size;
  arena->size = size;
  return arena;
}

void parse_arena_delete(parse_arena *arena) {
  munmap(arena->start, arena->size);
  free(arena);
}

void parse_arena_enter(parse_arena *arena) { current = arena; }

bool parse_arena_holds_all(const parse_arena *arena) { return !arena->overflowed; }

void parse_arena_empty(parse_arena *arena) {
  size_t used = (size_t)(arena->next - arena->start);
  if (used > arena->used) arena->used = used;
  if (arena->used > KEPT) {
    madvise(arena->start + KEPT, arena->used - KEPT, MADV_DONTNEED);
    arena->used = 0;
  }
  arena->next = arena->start;
  arena->overflowed = false;
  memset(arena->freed, 0, sizeof arena->freed);
}

static inline bool is_in(const parse_arena *arena, const void *block) {
  return arena && (uintptr_t)block - (uintptr_t)arena->start < arena->size;
}

// `size` is more than 0.
static inline size_t class_of(size_t size) {
  if (size <= MOST_SMALL) return (size + 7) / 8;
  return SMALL_CLASSES + 63 - (size_t)__builtin_clzll((size - 1) / MOST_SMALL);
}

static inline size_t size_of(size_t class) {
  return class < SMALL_CLASSES ? class * 8 : 2 * MOST_SMALL << (class - SMALL_CLASSES);
}

static inline int64_t room_of(size_t class) { return (int64_t)(size_of(class) + sizeof(header)); }

// From the C library; null if it has none. `head` is where the block lay before, or null.
static void *take_elsewhere(header *head, size_t size) {
  size_t class = class_of(size);
  bool was_listed = head && is_listed(head);
  count_taken(room_of(class));
  header *moved = size > PTRDIFF_MAX - sizeof(header) ? NULL : realloc(head, size + sizeof(header));
  if (!moved) {
    parse_cannot_go_on();
    return NULL;
  }
  moved->class = (uint32_t)class;
  if (!head) {
    list_taken(moved);
  } else if (was_listed) {
    list_moved(moved);
  }
  return moved + 1;
}

static inline void check_children(size_t size) {
  if (__builtin_expect(size >= TOO_MANY_CHILDREN, 0)) parse_cannot_go_on();
}

static inline void *take(parse_arena *arena, size_t size) {
  if (size == 0) size = 1;
  check_children(size);
  if (!arena) return take_elsewhere(NULL, size);
  if (size <= arena->size) {
    size_t class = class_of(size);
    size_t room = (size_t)room_of(class);
    free_block *freed = arena->freed[class];
    if (freed) {
      count_taken((int64_t)room);
      arena->freed[class] = freed->next;
      return freed;
    }
    if (room <= (size_t)(arena->end - arena->next)) {
      count_taken((int64_t)room);
      header *head = (header *)arena->next;
      arena->next += room;
      head->class = (uint32_t)class;
      return head + 1;
    }
  }
  arena->overflowed = true;
  return take_elsewhere(NULL, size);
}

static inline void give_back(parse_arena *arena, void *block) {
  free_block *freed = block;
  size_t class = header_of(block)->class;
  count_freed(room_of(class));
  freed->next = arena->freed[class];
  arena->freed[class] = freed;
}

void *parse_arena_malloc(size_t size) { return take(current, size); }

void *parse_arena_calloc(size_t count, size_t size) {
  if (size && count > SIZE_MAX / size) return NULL;
  void *block = take(current, count * size);
  return block ? memset(block, 0, count * size) : NULL;
}

void *parse_arena_realloc(void *block, size_t size) {
  parse_arena *arena = current;
  if (!block) return take(arena, size);
  check_children(size);
  size_t class = header_of(block)->class;
  if (!is_in(arena, block)) {
    void *moved = take_elsewhere(header_of(block), size ? size : 1);
    if (moved) count_freed(room_of(class));
    return moved;
  }
  size_t room = size_of(class);
  if (size <= room) return block;
  void *larger = take(arena, size);
  if (!larger) return NULL;
  memcpy(larger, block, room);
  give_back(arena, block);
  return larger;
}

void parse_arena_free(void *block) {
  if (!block) return;
  parse_arena *arena = current;
  if (is_in(arena, block)) {
    give_back(arena, block);
  } else {
    count_freed(room_of(header_of(block)->class));
    list_freed(header_of(block));
    free(header_of(block));
  }
}

// Before anything else runs: what tree-sitter frees must come from the same functions.
__attribute__((constructor)) static void install(void) {
  ts_set_allocator(parse_arena_malloc, parse_arena_calloc, parse_arena_realloc, parse_arena_free);
}
