# A published release, as data frames that carry their licence and caveats.

CONTRACT <- "1"

atlas_open <- function(site, cache = R_user_dir("atlasclient", "cache")) {
  base <- sub("/?$", "/", site)
  for (data_url in c(paste0(base, "data/"), base)) {
    sums <- fetch_lines(paste0(data_url, "SHA256SUMS"))
    sums <- grep("^[0-9a-f]{64}  .+$", sums, value = TRUE)
    if (length(sums) > 0) break
  }
  if (length(sums) == 0) {
    stop("There is no Atlas at ", base, ". Name its front page, or its data folder.", call. = FALSE)
  }
  # Beside the data folder, or in it where that is the root of a host.
  above <- sub("(://[^/]+/(.*/)?)[^/]+/$", "\\1", data_url)
  caveats <- fetch_lines(paste0(above, "reading.txt"))
  atlas <- list(
    data_url = data_url,
    cache = cache,
    sums = stats::setNames(substr(sums, 1, 64), substring(sums, 67)),
    lists = new.env(parent = emptyenv()),
    caveats = if (is.null(caveats)) character() else caveats[nzchar(caveats)]
  )
  manifest <- read_json(atlas, "manifest.json")
  version <- as.character(manifest$contract_version)
  if (sub("[.].*$", "", version) != CONTRACT) {
    stop(
      "The data follow contract ", version, ", this client contract ", CONTRACT, ". ",
      "Install a client for that contract.",
      call. = FALSE
    )
  }
  structure(
    c(atlas, list(release = manifest$data_version, synthetic = manifest$synthetic, manifest = manifest)),
    class = "atlas"
  )
}

print.atlas <- function(x, ...) {
  cat("Interference Atlas, data release ", x$release, ", ", x$data_url, "\n", sep = "")
  if (x$synthetic) cat("The data are a generated sample that describes nothing real.\n")
  invisible(x)
}

atlas_tables <- function(atlas) sort(unique(atlas$manifest$files$table))

atlas_slices <- function(atlas) {
  listed <- read_json(atlas, "slices.json")
  slices <- listed$files[listed$files$format == "csv", ]
  columns <- c("kind", "key", "table", "licence", "rows", "bytes", "path")
  data.frame(slices[columns], row.names = NULL, stringsAsFactors = FALSE)
}

atlas_slice <- function(atlas, kind, key, table, licence = NULL) {
  slices <- atlas_slices(atlas)
  found <- slices[slices$kind == kind & slices$key == key & slices$table == table, ]
  if (!is.null(licence)) found <- found[found$licence == licence, ]
  if (nrow(found) == 0) {
    stop(
      "There is no slice ", table, " of ", kind, " ", key, ". atlas_slices(atlas) lists those that there are.",
      call. = FALSE
    )
  }
  if (nrow(found) > 1) {
    stop(
      "Rows of ", table, " stand under ", paste(found$licence, collapse = ", "), ". ",
      "Choose one: licence = \"", found$licence[1], "\".",
      call. = FALSE
    )
  }
  file <- keep_file(atlas, found$path)
  lines <- readLines(file, encoding = "UTF-8", warn = FALSE)
  notes <- sub("^# ", "", lines[cumall(startsWith(lines, "# "))])
  frame <- utils::read.csv(
    file,
    skip = length(notes), comment.char = "", colClasses = "character", na.strings = "",
    encoding = "UTF-8", check.names = FALSE
  )
  types <- column_types(atlas, table)
  for (name in names(frame)) frame[[name]] <- as_type(frame[[name]], types[name])
  stated <- grep("^Licence: ", notes, value = TRUE)
  about <- list(
    release = atlas$release,
    synthetic = atlas$synthetic,
    licence = sub("^Licence: ([^ ]+) .*$", "\\1", stated),
    licence_url = sub("^.*\\((.*)\\)$", "\\1", stated),
    attribution = notes[2],
    citation = atlas_citation(atlas),
    notes = notes,
    caveats = atlas$caveats,
    url = paste0(atlas$data_url, found$path)
  )
  say_of(frame, about)
}

atlas_files <- function(atlas, table, probe_cc = NULL, since = NULL, until = NULL, licence = NULL) {
  files <- atlas$manifest$files
  files <- files[files$table == table, ]
  if (nrow(files) == 0) {
    stop(
      "There is no table ", table, ". These are the tables: ", paste(atlas_tables(atlas), collapse = ", "), ".",
      call. = FALSE
    )
  }
  if (!is.null(licence)) files <- files[files$licence == licence, ]
  if (length(unique(files$licence)) > 1) {
    stop(
      "Rows of ", table, " stand under ", paste(sort(unique(files$licence)), collapse = ", "), ". ",
      "Choose one with licence.",
      call. = FALSE
    )
  }
  place <- sub("^.*/probe_cc=([^/]+)/.*$", "\\1", files$path)
  may <- rep(TRUE, nrow(files))
  if (!is.null(probe_cc)) may <- may & (place == files$path | place == probe_cc)
  if (!is.null(since)) may <- may & (is.na(files$until) | files$until > since)
  if (!is.null(until)) may <- may & (is.na(files$since) | files$since < until)
  unname(vapply(files$path[may], function(path) keep_file(atlas, path), character(1)))
}

atlas_citation <- function(atlas) {
  paste0(
    "Interference Atlas contributors (", substr(atlas$release, 1, 4), "). Interference Atlas, data release ",
    atlas$release, ". Based on: ", paste(atlas$manifest$sources$citation, collapse = "; "), ". ", atlas$data_url
  )
}

atlas_about <- function(frame) attr(frame, "atlas", exact = TRUE)

# Choosing rows or columns of a data frame drops what base R does not know of it.
`[.atlas_frame` <- function(x, ...) {
  part <- NextMethod()
  if (is.data.frame(part)) say_of(part, atlas_about(x)) else part
}

rbind.atlas_frame <- function(...) {
  frames <- Filter(Negate(is.null), list(...))
  abouts <- lapply(frames, atlas_about)
  joined <- do.call(rbind, lapply(frames, plain_frame))
  if (length(unique(lapply(abouts, function(about) about[c("release", "licence")]))) > 1) {
    warning(
      "These rows have different licences or releases, so the frame says nothing of them any more. ",
      "Hand on what atlas_about says of each part.",
      call. = FALSE
    )
    return(joined)
  }
  every <- function(name) unique(unlist(lapply(abouts, `[[`, name)))
  about <- abouts[[1]]
  about$url <- every("url")
  about$notes <- every("notes")
  about$attribution <- paste(every("attribution"), collapse = " ")
  say_of(joined, about)
}

say_of <- function(frame, about) {
  attr(frame, "atlas") <- about
  class(frame) <- c("atlas_frame", "data.frame")
  frame
}

plain_frame <- function(frame) {
  attr(frame, "atlas") <- NULL
  class(frame) <- "data.frame"
  frame
}

# TRUE as long as all before were.
cumall <- function(truths) cumsum(!truths) == 0

# Names of columns and their types, as the dictionary of the release has them.
column_types <- function(atlas, table) {
  columns <- read_json(atlas, "dictionary.json")$tables[[table]]$columns
  stats::setNames(columns$type, columns$name)
}

# Whole numbers become doubles: those of networks are too large for an integer, and sums of counts, too.
as_type <- function(texts, type) {
  if (is.na(type) || type == "VARCHAR") return(texts)
  if (type == "DATE") return(as.Date(texts))
  if (type == "TIMESTAMP") return(as.POSIXct(sub("T", " ", sub("Z$", "", texts)), tz = "UTC"))
  if (type == "BOOLEAN") return(texts == "true")
  as.numeric(texts)
}
