/** The script at a live address: goes on to the frame that is the newest, with what the reader's host chose. Classic, as that of frames. */
{
  const { to } = document.documentElement.dataset;
  if (to !== undefined) location.replace(`${to}${location.search}${location.hash}`);
}
