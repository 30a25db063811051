// References as the image distribution reads them: image_reference.tsv, recorded by tests/oracle/objects.
#include "rhumb/manifest/image_reference.h"

#include "unit/tsv.h"

namespace rhumb::manifest {
namespace {

/// What this code answers to a line of the table.
std::string answer(const test::TsvLine& line) {
  const auto image = parse_image_reference(line[1]);
  if (!image) return "error: " + image.error().message;
  if (line.name() == "text") return image->to_string();
  return image->domain + "|" + image->path + "|" + image->tag + "|" + image->digest + "|" +
         (image->is_default_tag ? "default" : "given");
}

TEST(ImageReference, AnswersAsTheDistribution) {
  for (const test::TsvLine& line : test::read_tsv("manifest/image_reference.tsv")) {
    EXPECT_EQ(line.result(), answer(line)) << "line " << line.number << ": " << line.name() << " " << line[1];
  }
}

}  // namespace
}  // namespace rhumb::manifest
