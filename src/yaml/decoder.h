// From nodes to values: go-yaml's decoder into interface {}, and the way through JSON that sigs.k8s.io/yaml adds.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "nodes.h"
#include "rhumb/value/value.h"
#include "rhumb/yaml/reader.h"

namespace rhumb::yaml {

/// What the JSON on the way makes of numbers, or what YAML made of them.
enum class Numbers : std::uint8_t {
  json,  // all float64
  yaml,  // int, uint64 and float64, for reading into Go types; infinities may still land in a string
};

/// Carriage returns that were taken out before parsing: positions (in the original) and where the parsed part begins.
struct TextPlace {
  std::uint32_t begin = 0;
  const std::vector<std::uint32_t>* removed = nullptr;

  std::uint32_t original(std::uint32_t offset) const;
};

struct Decoding {
  Value value;
  /// With the prefix of sigs.k8s.io/yaml; empty: none.
  std::string error;
  /// The document was empty or null.
  bool empty = false;

  bool ok() const { return error.empty(); }
};

Decoding decode_text(std::string_view text, Heap& heap, const ReadOptions& options, Numbers numbers,
                     const TextPlace& place = {});

/// json.Marshal's complaint about the first infinity or NaN in the order of keys; empty if there is none.
std::string unsupported_number(const Value& value);

}  // namespace rhumb::yaml
