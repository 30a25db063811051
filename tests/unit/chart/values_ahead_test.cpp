#include "chart/values_ahead.h"

#include <gtest/gtest.h>

#include <string>

#include "rhumb/base/file_system.h"

namespace rhumb::chart {
namespace {

class QuietLog final : public Log {
 public:
  void write(LogLevel, std::string_view, std::vector<LogAttribute>) override {}
};

class ValuesAheadTest : public testing::Test {
 protected:
  File file(std::string name, const std::string& text) {
    const FileId id = sources_.add(name, text);
    return {std::move(name), sources_.get(id).text(), id};
  }
  LoadContext context(OriginTable* origins = nullptr) {
    LoadContext made{files_, sources_, log_, origins, limits_, false};
    made.queue = &queue_;
    return made;
  }

  const std::string long_text_ = "a: 1\n" + std::string(10'000, '#') + "\n";
  MemoryFileSystem files_;
  Sources sources_;
  QuietLog log_;
  Limits limits_;
  WorkQueue queue_{1};  // nobody works but in finish()
};

TEST_F(ValuesAheadTest, TheQueueReadsWhatIsOffered) {
  ValuesAhead ahead(context());
  const File values = file("charts/a/values.yaml", long_text_);
  const File broken = file("values.yaml", long_text_ + "a: b: c\n");
  const File other = file("charts/a/ci/values.yaml", long_text_);
  for (const File& each : {values, broken, other}) ahead.offer(each);
  queue_.finish();
  const auto read = ahead.take(values);
  ASSERT_TRUE(read && *read);
  EXPECT_EQ((*read)->as_map()->find("a")->as_double(), 1);
  const auto failed = ahead.take(broken);
  ASSERT_TRUE(failed);
  EXPECT_FALSE(*failed);
  EXPECT_FALSE(ahead.take(other));
}

TEST_F(ValuesAheadTest, WhatNobodyHasBegunIsTheCallersToRead) {
  ValuesAhead ahead(context());
  const File values = file("values.yaml", long_text_);
  ahead.offer(values);
  EXPECT_FALSE(ahead.take(values));
  queue_.finish();  // finds nothing to do
}

TEST_F(ValuesAheadTest, LimitsAreErrors) {
  limits_.memory_bytes = 1000;
  ValuesAhead ahead(context());
  const File values = file("values.yaml", "text: " + std::string(10'000, 'x') + "\n");
  ahead.offer(values);
  queue_.finish();
  const auto read = ahead.take(values);
  ASSERT_TRUE(read);
  ASSERT_FALSE(*read);
  EXPECT_NE(read->error().message.find("memory limit"), std::string::npos) << read->error().message;
}

TEST_F(ValuesAheadTest, OriginsAreMadeByOneThread) {
  OriginTable origins;
  ValuesAhead ahead(context(&origins));
  const File values = file("values.yaml", long_text_);
  ahead.offer(values);
  queue_.finish();
  EXPECT_FALSE(ahead.take(values));
}

}  // namespace
}  // namespace rhumb::chart
