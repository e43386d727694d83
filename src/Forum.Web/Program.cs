using Forum.Web.Host;

return await CommandLine.RunAsync(args);
