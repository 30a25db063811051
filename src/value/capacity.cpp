#include "rhumb/value/capacity.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "rhumb/value/value.h"

namespace rhumb {
namespace {

// The sizes of blocks that Go's allocator hands out; above the last one whole pages.
constexpr std::array<std::uint16_t, 67> block_sizes{
    8,    16,   24,   32,    48,    64,    80,    96,    112,   128,   144,   160,   176,   192,   208,   224,  240,
    256,  288,  320,  352,   384,   416,   448,   480,   512,   576,   640,   704,   768,   896,   1024,  1152, 1280,
    1408, 1536, 1792, 2048,  2304,  2688,  3072,  3200,  3456,  4096,  4864,  5120,  5376,  6144,  6528,  6784, 6912,
    8192, 9472, 9728, 10240, 10880, 12288, 13568, 14336, 16384, 18432, 19072, 20480, 21760, 24576, 27264, 28672};
constexpr std::size_t largest_block = 32768;
constexpr std::size_t page = 8192;
constexpr std::size_t block_header = 8;  // of blocks with pointers above a size
constexpr std::size_t headers_above = 512;

struct ElementLayout {
  std::size_t size;
  bool pointers;
};

ElementLayout layout_of(Type list) {
  switch (type_info(type_info(list).element).kind) {
    case Kind::string:
    case Kind::interface: return {16, true};
    case Kind::slice: return {24, true};
    case Kind::uint8: return {1, false};
    case Kind::int_:
    case Kind::float64: return {8, false};
    default: return {8, true};
  }
}

std::size_t block_of(std::size_t bytes, bool pointers) {
  if (bytes > largest_block - block_header) return (bytes + page - 1) / page * page;
  const std::size_t header = pointers && bytes > headers_above ? block_header : 0;
  const auto* const block = std::lower_bound(block_sizes.begin(), block_sizes.end(), bytes + header);
  return (block == block_sizes.end() ? largest_block : *block) - header;
}

}  // namespace

std::size_t grown_capacity(std::size_t capacity, std::size_t size, Type list) {
  constexpr std::size_t doubled_below = 256;
  if (size <= capacity) return capacity;
  std::size_t wanted = capacity * 2;
  if (size > wanted) {
    wanted = size;
  } else if (capacity >= doubled_below) {
    wanted = capacity;
    while (wanted < size) wanted += (wanted + 3 * doubled_below) / 4;
  }
  const ElementLayout element = layout_of(list);
  return block_of(wanted * element.size, element.pointers) / element.size;
}

std::size_t appended_capacity(std::size_t size, Type list, std::size_t capacity) {
  while (capacity < size) capacity = grown_capacity(capacity, capacity + 1, list);
  return capacity;
}

void keep_capacity(const Value& copy, const Value& original) {
  const List& list = *original.list_payload();
  const_cast<List*>(copy.list_payload())->zeros = list.hidden + list.zeros;
}

}  // namespace rhumb
