// Private keys that the renderings of one environment share.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "rhumb/base/host.h"

namespace rhumb::lint {

/// The keys that were made so far. For one thread.
class SharedKeys {
 public:
  const std::string& get(const std::string& kind, std::size_t index, const std::function<std::string()>& make) {
    std::vector<std::string>& keys = keys_[kind];
    while (keys.size() <= index) keys.push_back(make());
    return keys[index];
  }

 private:
  std::map<std::string, std::vector<std::string>> keys_;
};

/// The keys of one rendering, each of which is another one. A rendering that begins with the second key of the other
/// has none at the same place.
class KeysInTurn final : public KeyPool {
 public:
  KeysInTurn(SharedKeys& keys, std::size_t first) : keys_(keys), first_(first) {}

  std::string next(const std::string& kind, const std::function<std::string()>& make) override {
    return keys_.get(kind, first_ + taken_[kind]++, make);
  }

 private:
  SharedKeys& keys_;
  std::size_t first_;
  std::map<std::string, std::size_t> taken_;
};

}  // namespace rhumb::lint
