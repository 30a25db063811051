// What a file holds: read, or mapped into memory where only what somebody looks at takes any.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace rhumb {

class FileText {
 public:
  FileText() = default;
  FileText(std::string text) : own_(std::move(text)) {}  // NOLINT(google-explicit-constructor): it is the same text
  FileText(const char* text) : own_(text) {}             // NOLINT(google-explicit-constructor)
  /// `mapping` keeps the bytes of the text where they are; `first` are the first of them.
  FileText(std::shared_ptr<const void> mapping, std::string_view text, std::string_view first)
      : mapping_(std::move(mapping)), mapped_(text), first_(first) {}

  std::string_view view() const { return mapping_ == nullptr ? std::string_view(own_) : mapped_; }
  /// Takes no memory for the few bytes at the start of a mapped file.
  bool starts_with(std::string_view start) const {
    return start.size() <= first_.size() ? std::string_view(first_).starts_with(start) : view().starts_with(start);
  }
  void remove_prefix(std::size_t size) {
    if (mapping_ == nullptr) {
      own_.erase(0, size);
    } else {
      mapped_.remove_prefix(size);
      first_.clear();
    }
  }

 private:
  std::string own_;
  std::shared_ptr<const void> mapping_;
  std::string_view mapped_;
  std::string first_;
};

}  // namespace rhumb
