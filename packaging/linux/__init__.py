"""What makes a frozen folder into something that Linux installs."""
