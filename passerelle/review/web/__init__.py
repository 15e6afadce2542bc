"""The curator's desk as a web app: pages made on the server, whole without JavaScript, quicker with it."""
